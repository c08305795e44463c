"""Who verified an answer and what came of it, in words."""

from report import labels
from report.round_report import VERIFIED, RoundReport
from scoring.matrix import indicator_value
from scoring.reviewed import is_unproven
from survey.text import HANOI, Language, format_day
from survey.translation import words


def verified(report: RoundReport, library: str, name: str, language: Language) -> str:
    """Who decided about an answer, when, and the value that was let stand."""
    _ = words(language)
    entry = report.responses[library].entry(name)
    if not entry.verified:
        return _("Chưa thẩm định.")
    asked = report.framework.indicators[name]
    told = _("Thẩm định: đạt")
    if entry.reduced is not None:
        stands = labels.value_text(asked, indicator_value(asked, entry.reduced), language)
        told = _("Thẩm định: giảm còn {value}").format(value=stands)
    if entry.verified_at is None:
        return _("{told}; duyệt cùng cả phiếu.").format(told=told)
    day = format_day(entry.verified_at.astimezone(HANOI).date(), language)
    return _("{told}; {who}, ngày {day}.").format(told=told, who=entry.verified_by, day=day)


def unproven(report: RoundReport, library: str, name: str, basis: str, language: Language) -> list[str]:
    """Why a mandatory item counts 0 in the verified score, where it does."""
    asked = report.framework.indicators[name]
    if not is_unproven(asked, report.responses[library].entry(name)):
        return []
    _ = words(language)
    said = _("Mục bắt buộc, không có tài liệu kiểm chứng và không có giải trình: điểm thẩm định tính 0.")
    return [said] if basis == VERIFIED else [_("{said} Điểm tự chấm không đổi.").format(said=said)]
