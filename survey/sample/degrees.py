"""From a library's maturity to the answer of one indicator: how far it has come with this one."""

from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    Framework,
    LevelIndicator,
    NumberIndicator,
    YesNoIndicator,
)
from survey.response import Answer, AnswerState
from survey.sample.chance import chance
from survey.sample.profiles import Profile

# How much further (or less far) libraries have come with an indicator than with its dimension as a whole.
EASE = {
    "A1": 0.12, "A4": 0.22, "A6": 0.02, "A8": -0.04, "A9": -0.10, "A10": -0.08, "A11": -0.08,
    "B1": 0.30, "B2": 0.22, "B6": 0.06, "B7": -0.04, "B8": -0.10, "B10": -0.08,
    "C1": 0.22, "C2": 0.06, "C6": -0.04, "C8": -0.12, "C9": -0.16, "C11": 0.08,
    "D2": 0.22, "D4": -0.08, "D5": 0.08, "D6": 0.08,
}  # fmt: skip
CHARACTER = 0.24  # how widely the indicators of one library spread around its maturity
OPAC_FROM = 0.33
INTERNET_PLANS = (30, 50, 80, 100, 120, 150, 200, 250, 300)  # Mbps that can be bought
FEWEST_DEVICES, MOST_DEVICES = 20, 40
# The order in which libraries take up the items of a checklist.
ORDER = {
    "A6": (2, 1, 4, 3, 5), "A7": (1, 4, 5, 2, 3), "A9": (4, 3, 2, 1, 5), "C1": (2, 8, 3, 4, 7, 1, 5, 6),
    "C5": (1, 6, 5, 2, 3, 4, 7, 8), "C6": (1, 2, 3, 4), "C11": (1, 3, 2), "D5": (5, 3, 1, 2, 4),
}  # fmt: skip


def degree(framework: Framework, profile: Profile, indicator: str, time: int) -> float:
    """How far the library has come with an indicator at a time, 0 to 1 on the way to the last target."""
    maturity = profile.maturity[framework.dimension_of[indicator].id][time]
    character = CHARACTER * (chance(profile.id, indicator) - 0.5)
    return min(1.0, max(0.0, maturity + EASE.get(indicator, 0.0) + character))


def answer_by_degree(indicator: AnyIndicator, far: float) -> Answer:
    """The answer of a level, a checklist, a number or a yes/no at a degree."""
    if isinstance(indicator, ChecklistIndicator):
        return Answer(AnswerState.ANSWERED, items=_items(indicator, far))
    if isinstance(indicator, YesNoIndicator):
        return number(1 if far >= OPAC_FROM else 0)
    if isinstance(indicator, LevelIndicator):
        return number(round(far * indicator.targets[-1].value))
    assert isinstance(indicator, NumberIndicator)
    return number(_number(indicator, far))


def number(value: float) -> Answer:
    return Answer(AnswerState.ANSWERED, value=float(value))


def chosen(items: tuple[str, ...]) -> Answer:
    return Answer(AnswerState.ANSWERED, items=items)


def ratio(part: float, whole: float) -> Answer:
    return Answer(AnswerState.ANSWERED, numerator=float(part), denominator=float(whole))


def _items(indicator: ChecklistIndicator, far: float) -> tuple[str, ...]:
    order = ORDER.get(indicator.id, tuple(range(1, len(indicator.items) + 1)))
    met = {f"{indicator.id}.{place}" for place in order[: round(far * len(order))]}
    return tuple(item.id for item in indicator.items if item.id in met)


def _number(indicator: NumberIndicator, far: float) -> int:
    if indicator.id == "A2":
        return round(FEWEST_DEVICES + (MOST_DEVICES - FEWEST_DEVICES) * far)
    target = indicator.targets[-1].value
    if indicator.id == "A3":
        return max(plan for plan in INTERNET_PLANS if plan <= max(far * target, INTERNET_PLANS[0]))
    return round(far * target)
