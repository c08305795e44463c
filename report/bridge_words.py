"""What the parts of a change are called, and what each is: the same on screen and in files."""

from survey.text import Language
from survey.translation import words


def part_words(language: Language) -> dict[str, tuple[str, str]]:
    """Name and meaning of each of `scoring.bridge.PARTS`."""
    _ = words(language)
    return {
        "method": (
            _("Đổi phương pháp"),
            _("Cùng câu trả lời của kỳ trước, chấm lại theo trọng số và chỉ tiêu của kỳ này."),
        ),
        "coverage": (
            _("Độ phủ"),
            _("Câu chỉ có số ở một trong hai kỳ, và câu không còn hoặc mới áp dụng."),
        ),
        "verification": (
            _("Thẩm định"),
            _("Khoảng cách giữa điểm thẩm định và điểm tự chấm thay đổi; trong điểm tự chấm luôn bằng 0."),
        ),
        "real": (_("Thay đổi thực"), _("Câu có số ở cả hai kỳ, chấm theo cùng một phương pháp.")),
    }
