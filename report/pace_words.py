"""The words for paces, the same on screen, in charts and in files."""

from report.labels import ENOUGH_DECIMALS
from scoring.pace import Basis, PaceClass
from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
)
from survey.text import MISSING, Language, format_number
from survey.translation import words


def pace_class(found: PaceClass, basis: Basis, language: Language, *, overdue: bool) -> str:
    """What the pace says, with a mark where it rests on two points of time only.

    overdue: the target's day has come without the target.
    """
    _ = words(language)
    if found is PaceClass.UNKNOWN:
        return _without_class(basis, language, overdue=overdue)
    told = {
        PaceClass.REACHED: _("Đã đạt"),
        PaceClass.ON_PACE: _("Đúng tiến độ"),
        PaceClass.SLOW: _("Chậm"),
        PaceClass.STANDING: _("Dậm chân"),
        PaceClass.GOING_BACK: _("Lùi"),
    }[found]
    marked = basis is Basis.TWO and found is not PaceClass.REACHED
    return _("{told} (chỉ 2 thời điểm)").format(told=told) if marked else told


def _without_class(basis: Basis, language: Language, *, overdue: bool) -> str:
    _ = words(language)
    if overdue:
        return _("Hết hạn, chưa đạt")
    return _("Mới có 1 thời điểm") if basis is Basis.ONE else _("Chưa có số liệu")


def pace_text(indicator: AnyIndicator, pace: float, language: Language) -> str:
    """A change per year in the indicator's own scale: +5,2 điểm phần trăm/năm, −3 giờ/năm.

    Yes or no is no matter of pace.
    """
    _ = words(language)
    if isinstance(indicator, RatioIndicator):
        return signed(pace, _("điểm phần trăm/năm"), language)
    if isinstance(indicator, ChecklistIndicator):
        return signed(pace, _("mục/năm"), language)
    if isinstance(indicator, LevelIndicator):
        return signed(pace, _("mức/năm"), language)
    if isinstance(indicator, NumberIndicator):
        return signed(pace, _("{unit}/năm").format(unit=indicator.unit.to(language)), language)
    return MISSING


def signed(pace: float, unit: str, language: Language) -> str:
    """A change with its sign, a minus as long as the plus; no sign for what is printed as 0."""
    if pace != pace:
        return MISSING
    size = format_number(abs(pace), language, decimals=ENOUGH_DECIMALS)
    sign = "" if size == "0" else "+" if pace > 0 else "−"
    return f"{sign}{size} {unit}"


def arrival_text(
    found: PaceClass, basis: Basis, *, arrival: float, earliest: float, latest: float, language: Language
) -> str:
    """The year of arrival with its band: 2033 (2031–2040). A year that is NaN never comes."""
    _ = words(language)
    if found is PaceClass.REACHED or basis is not Basis.THREE:
        return MISSING
    if arrival != arrival:
        return _("Không tới được với nhịp hiện nay")
    if latest != latest:
        return _("{year:.0f} (sớm nhất {earliest:.0f})").format(year=arrival, earliest=earliest)
    if earliest == latest:
        return f"{arrival:.0f}"
    return f"{arrival:.0f} ({earliest:.0f}–{latest:.0f})"
