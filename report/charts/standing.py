"""Who stands highest and lowest, who is on the line, what is missing: the parts of the text alternatives."""

from collections.abc import Callable, Sequence
from statistics import median

from report.charts.lettering import score_text, whole_text
from report.charts.records import Record
from report.charts.scale import Scale
from survey.response import AnswerState
from survey.text import format_percent
from survey.translation import words

MOST_NAMES = 3  # with more names than this only the first is said, and how many others there are
CLOSE = 1e-9  # as in scoring: what exact arithmetic would call equal
Values = Sequence[tuple[str, float]]  # names need not differ: unnamed libraries may share one
Write = Callable[[float], str]


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def values(rows: Sequence[Record], name: str, column: str) -> Values:
    return [(str(row[name]), float(row[column])) for row in rows]


def extremes(found: Values, scale: Scale, write: Write) -> str:
    """The highest and the lowest with their values, ties included; nothing stated: no words."""
    known = _known(found)
    if not known:
        return ""
    _ = words(scale.language)
    top, bottom = (edge(value for _name, value in known) for edge in (max, min))
    if len(known) == 1:
        return _("Chỉ {name} có điểm: {value}.").format(name=known[0][0], value=write(top))
    return _("Cao nhất: {top}; thấp nhất: {bottom}.").format(
        top=f"{_named(_at(known, top), scale)} ({write(top)})",
        bottom=f"{_named(_at(known, bottom), scale)} ({write(bottom)})",
    )


def middle(found: Values, scale: Scale, write: Write) -> str:
    known = [value for _name, value in _known(found)]
    if not known:
        return ""
    return words(scale.language)("Trung vị: {median}.").format(median=write(median(known)))


def farthest(found: Values, scale: Scale) -> str:
    """Who is farthest from the last milestone's target."""
    known = _known(found)
    if not known:
        return ""
    lowest = min(value for _name, value in known)
    told = words(scale.language)("Xa chỉ tiêu {year} nhất: {names} ({percent}).")
    return told.format(
        year=scale.last, names=_named(_at(known, lowest), scale), percent=in_percent(scale)(lowest)
    )


def too_little(rows: Sequence[Record], name: str, scale: Scale) -> str:
    """Who has no stated score; everybody has one: no words."""
    unstated = [str(row[name]) for row in rows if row["score"] != row["score"]]
    if not unstated:
        return ""
    told = words(scale.language)("Chưa đủ dữ liệu: {n} ({names}).")
    return told.format(n=len(unstated), names=_named(unstated, scale))


def unsent(rows: Sequence[Record], name: str, scale: Scale) -> str:
    """Who is no part of what is said of all, since nothing was sent; everybody has sent: no words."""
    names = [str(row[name]) for row in rows if not row["sent"]]
    if not names:
        return ""
    return words(scale.language)("Chưa gửi nên chưa tính: {names}.").format(names=", ".join(names))


def missing_values(rows: Sequence[Record], scale: Scale) -> str:
    """How many values are not there, by state; all are: no words."""
    counted: dict[str, int] = {}
    for row in rows:
        if row["state"] != AnswerState.ANSWERED:
            state = str(row["state_words"]).lower()
            counted[state] = counted.get(state, 0) + 1
    if not counted:
        return ""
    told = ", ".join(f"{state} {n}" for state, n in counted.items())
    return words(scale.language)("Không có giá trị: {states}.").format(states=told)


def on_line(rows: Sequence[Record], column: str) -> int:
    """How many stand on their line or above it; what is not stated does not."""
    return sum(row[column] >= row["line"] - CLOSE for row in rows)


def in_scores(scale: Scale) -> Write:
    return lambda value: score_text(value, scale)


def in_percent(scale: Scale) -> Write:
    return lambda value: format_percent(value / 100, scale.language)


def in_points(scale: Scale) -> Write:
    return lambda value: words(scale.language)("{points} điểm").format(points=whole_text(value, scale))


def _known(found: Values) -> Values:
    return [(name, value) for name, value in found if value == value]


def _at(found: Values, place: float) -> list[str]:
    return [name for name, value in found if abs(value - place) < CLOSE]


def _named(names: list[str], scale: Scale) -> str:
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return words(scale.language)("{name} và {n} nơi khác").format(name=names[0], n=len(names) - 1)
