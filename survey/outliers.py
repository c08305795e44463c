"""Whether a figure lies far from those of the other libraries, told by their median and range alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from survey.framework import AnyQuestion, NumberIndicator, RatioIndicator
from survey.response import Answer, AnswerState
from survey.text import Language, Text, format_number

CODE = "far-from-others"
# Fewer values have no spread worth comparing with, and a range of few would tell who they are.
FEWEST = 5
# z > 3.5 in whole numbers, so that the edge itself is exact.
# Median absolute deviation: 0.6745 gap / MAD > 3.5. Mean absolute deviation: gap / (1.253314 MeanAD) > 3.5.
MEDIAN_RULE = (6_745, 35_000)
MEAN_RULE = (1_000_000, 4_386_599)


@dataclass(frozen=True)
class Spread:
    """The other libraries' values of one question, in the scale of x; at least `FEWEST` of them."""

    count: int
    middle: float
    low: float
    high: float
    median_deviation: float
    mean_deviation: float


def compared_value(question: AnyQuestion, answer: Answer) -> float | None:
    """x of a ratio (percent) or a number; None where there is none to compare.

    Figures of the general section grow with the province, so they are not compared.
    """
    if answer.state is not AnswerState.ANSWERED:
        return None
    if isinstance(question, RatioIndicator):
        a, b = answer.numerator, answer.denominator
        return 100 * a / b if a is not None and b else None
    return answer.value if isinstance(question, NumberIndicator) else None


def spread_of(values: Iterable[float]) -> Spread | None:
    """Sum up the other libraries' values; None where they are too few."""
    given = sorted(values)
    if len(given) < FEWEST:
        return None
    middle = median(given)
    gaps = [abs(value - middle) for value in given]
    return Spread(len(given), middle, given[0], given[-1], median(gaps), fmean(gaps))


def is_far(value: float, spread: Spread) -> bool:
    """Whether |z| is above 3.5.

    z = 0.6745 (x - median) / MAD with the median absolute deviation MAD of the others. Where more than
    half of them are equal, MAD is 0 and z = (x - median) / (1.253314 MeanAD) with their mean absolute
    deviation; where that is 0 too, all are equal and nothing is asked. Both factors make z a number of
    standard deviations where values are normally distributed.

    Source: B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, ASQC, 1993.
    """
    gap = abs(value - spread.middle)
    if spread.median_deviation > 0:
        weight, limit = MEDIAN_RULE
        return weight * gap > limit * spread.median_deviation
    weight, limit = MEAN_RULE
    return spread.mean_deviation > 0 and weight * gap > limit * spread.mean_deviation


def asks(question: AnyQuestion, answer: Answer, spread: Spread | None) -> Text | None:
    """The question to put beside a value that lies far from the others."""
    value = compared_value(question, answer)
    if spread is None or value is None or not is_far(value, spread):
        return None
    vi, en = (_numbers(question, value, spread, language) for language in ("vi", "en"))
    return Text(
        vi=f"«{question.label.vi}» là {vi[0]}, khác xa {spread.count} thư viện khác đã gửi (ở giữa {vi[1]}, từ "
        f"{vi[2]} đến {vi[3]}). Đúng thì xác nhận và nêu lý do.",
        en=f"“{question.label.en}” is {en[0]}, far from the {spread.count} other libraries that have sent (median "
        f"{en[1]}, from {en[2]} to {en[3]}). If it is right, confirm and say why.",
    )


def _numbers(question: AnyQuestion, value: float, spread: Spread, language: Language) -> list[str]:
    sign = " %" if isinstance(question, RatioIndicator) and language == "vi" else ""
    sign = "%" if isinstance(question, RatioIndicator) and language == "en" else sign
    shown = (value, spread.middle, spread.low, spread.high)
    return [f"{format_number(number, language, decimals=1)}{sign}" for number in shown]
