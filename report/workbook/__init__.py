"""The Excel files: the workbook of a round for an official, and a streamed one for very many libraries."""

from report.workbook.large import write_large
from report.workbook.whole_round import round_workbook

__all__ = ["round_workbook", "write_large"]
