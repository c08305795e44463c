"""How figures of several libraries are added up on the verified basis, in words."""

from report import labels
from report.round_report import VERIFIED, RoundReport
from survey.text import MISSING, Language
from survey.translation import words


def how_added(language: Language) -> str:
    """What a sum takes of each part once a reviewer has seen it."""
    _ = words(language)
    return _(
        "Theo điểm thẩm định: số đã được người thẩm định sửa thì cộng số đã sửa; câu chưa thẩm định hoặc đang yêu cầu bổ "
        "sung là chưa biết, không phải 0; mục bắt buộc không có tài liệu kiểm chứng, không giải trình tính 0."
    )


def never_reviewed(report: RoundReport, language: Language, who: str = "") -> list[str]:
    """That nothing of a round was reviewed, so that it has no verified figure; nothing where some was.

    who: the names of the libraries of the report, where they are not the whole round.
    """
    _ = words(language)
    said = _("{what} chưa thẩm định: không có con số nào theo điểm thẩm định, chứ không phải là 0.")
    what = f"«{report.round.name}»"
    if who:
        what = _("Số liệu của {who} trong {round}").format(who=who, round=what)
    return [] if report.reviewed else [said.format(what=what)]


def no_figure(report: RoundReport, basis: str, language: Language) -> str:
    """What stands in place of a figure that a round does not have."""
    return labels.not_reviewed(language) if basis == VERIFIED and not report.reviewed else MISSING


def nothing_known(basis: str, language: Language) -> str:
    """In place of a figure of the Federation to which no library has given anything."""
    return labels.not_reviewed(language) if basis == VERIFIED else words(language)("chưa có số liệu")


def heads(met: int, reported: int, of: int, basis: str, language: Language) -> str:
    """How many libraries passed of all; of those that a reviewer has seen where that is not all."""
    _ = words(language)
    if basis == VERIFIED and not reported:
        return nothing_known(basis, language)
    return _("{met} trên {of}").format(met=met, of=of) + reported_words(reported, of, basis, language)


def reported_words(reported: int, of: int, basis: str, language: Language) -> str:
    """For how many libraries there is a figure, behind a head-count; nothing where there is one for all."""
    _ = words(language)
    if reported >= of:
        return ""
    told = _(" ({n} có số liệu thẩm định)") if basis == VERIFIED else _(" ({n} có số liệu)")
    return told.format(n=reported)
