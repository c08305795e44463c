"""What is asked about an answer that may well be right: a soft check is a question, not an accusation."""

from collections.abc import Iterator

from survey import outliers, part_sums
from survey.checks.problem import Problem, soft
from survey.comparison import Comparison
from survey.figures import Figure, figures
from survey.framework import AnyQuestion
from survey.framework.model import Dimension
from survey.response import Answer, Response
from survey.text import Text, format_number

LARGE_CHANGE = 3.0
ENOUGH_TO_COPY = 3


def about_figures(question: AnyQuestion, answer: Answer, before: Answer | None) -> Iterator[Problem]:
    for figure in figures(question):
        value = figure.of(answer)
        if value is None:
            continue
        expected = figure.plausible
        if expected is not None and not expected.low <= value <= expected.high:
            yield soft(question.id, f"range-{figure.field}", answer, _out_of_range(figure, value))
        earlier = figure.of(before) if before is not None else None
        if earlier is not None:
            yield from _change(question, figure, answer, value, earlier)


def against_others(question: AnyQuestion, answer: Answer, against: Comparison) -> Iterator[Problem]:
    """Ask where the answer lies far from the others', or below the sum of the parts."""
    far = outliers.asks(question, answer, against.others.get(question.id))
    if far is not None:
        yield soft(question.id, outliers.CODE, answer, far)
    for figure in figures(question):
        below = part_sums.asks(figure, answer, against.parts.get(figure.name))
        if below is not None:
            yield soft(question.id, f"{part_sums.CODE}{figure.field}", answer, below)


def _out_of_range(figure: Figure, value: float) -> Text:
    assert figure.plausible is not None
    low, high = figure.plausible.low, figure.plausible.high
    return Text(
        vi=f"«{figure.label.vi}» là {format_number(value, 'vi', decimals=2)}, ngoài khoảng thường gặp "
        f"{format_number(low, 'vi')} – {format_number(high, 'vi')}. Đúng thì xác nhận và nêu lý do.",
        en=f"“{figure.label.en}” is {format_number(value, 'en', decimals=2)}, outside the usual range "
        f"{format_number(low, 'en')} – {format_number(high, 'en')}. If it is right, confirm and say why.",
    )


def _change(
    question: AnyQuestion, figure: Figure, answer: Answer, value: float, earlier: float
) -> Iterator[Problem]:
    now_vi, was_vi = format_number(value, "vi", decimals=2), format_number(earlier, "vi", decimals=2)
    now_en, was_en = format_number(value, "en", decimals=2), format_number(earlier, "en", decimals=2)
    if figure.stock and value < earlier:
        yield soft(
            question.id,
            f"fall-{figure.field}",
            answer,
            Text(
                vi=f"«{figure.label.vi}» giảm từ {was_vi} xuống {now_vi}. Đúng thì xác nhận và nêu lý do.",
                en=f"“{figure.label.en}” fell from {was_en} to {now_en}. If it is right, confirm and say why.",
            ),
        )
    elif earlier > 0 and (value > LARGE_CHANGE * earlier or value < earlier / LARGE_CHANGE):
        yield soft(
            question.id,
            f"jump-{figure.field}",
            answer,
            Text(
                vi=f"«{figure.label.vi}» đổi từ {was_vi} thành {now_vi} so với kỳ trước (hơn 3 lần). "
                "Đúng thì xác nhận và nêu lý do.",
                en=f"“{figure.label.en}” went from {was_en} to {now_en} since the last round (more than "
                "threefold). If it is right, confirm and say why.",
            ),
        )


def copied(dimension: Dimension, response: Response, before: Response) -> Iterator[Problem]:
    """Ask where every figure of a dimension is the same as last round's and it has at least three.

    An indicator without a figure in both rounds is no difference where its state is the same.
    """
    own = [figure for indicator in dimension.indicators for figure in figures(indicator)]
    pairs = [
        (figure.of(response.answer(figure.question_id)), figure.of(before.answer(figure.question_id)))
        for figure in own
    ]
    same_states = all(
        response.answer(figure.question_id).state is before.answer(figure.question_id).state for figure in own
    )
    given = [now for now, _then in pairs if now is not None]
    if len(given) >= ENOUGH_TO_COPY and same_states and all(now == then for now, then in pairs):
        first = next(
            figure.question_id for figure, (now, _then) in zip(own, pairs, strict=True) if now is not None
        )
        yield soft(
            first,
            f"copied-{dimension.id}",
            response.answer(first),
            Text(
                vi=f"Mọi con số của trụ cột «{dimension.label.vi}» giống hệt kỳ trước. "
                "Nếu đã kiểm tra lại, hãy xác nhận và nêu lý do.",
                en=f"Every figure of “{dimension.label.en}” is the same as in the last round. "
                "If you checked them again, confirm and say why.",
            ),
        )
