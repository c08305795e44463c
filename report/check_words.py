"""The reasons given to checks, each with what was asked, so that they travel with the number."""

from survey import outliers, part_sums
from survey.response import Answer
from survey.text import Language
from survey.translation import Words, words


def confirmed(answer: Answer, language: Language) -> list[str]:
    """One sentence for each check that a reason was given to."""
    _ = words(language)
    said = _("Đã xác nhận ({check}): {words}")
    return [
        said.format(check=check(code, language), words=reason)
        for code, reason in answer.confirmed.items()
        if reason
    ]


def check(code: str, language: Language) -> str:
    """What a check asks about, in a few words; those of the framework compare two answers."""
    _ = words(language)
    return next((name for start, name in _names(_).items() if code.startswith(start)), _("so với câu khác"))


def _names(_: Words) -> dict[str, str]:
    return {
        "range-": _("ngoài khoảng thường gặp"),
        "fall-": _("giảm so với kỳ trước"),
        "jump-": _("đổi hơn 3 lần so với kỳ trước"),
        "copied-": _("giống hệt kỳ trước"),
        outliers.CODE: _("khác xa các thư viện khác"),
        part_sums.CODE: _("thấp hơn tổng các thư viện cũ"),
        "pages-per-document": _("số trang mỗi tài liệu"),
    }
