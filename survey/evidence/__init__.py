"""Evidence files ("tài liệu kiểm chứng"): what may be kept, judged before anything else looks at it."""

from survey.evidence.checking import LARGEST, CheckedFile, check_file, too_large
from survey.evidence.days import read_issued

__all__ = ["LARGEST", "CheckedFile", "check_file", "read_issued", "too_large"]
