"""Gathers what one library's answers are compared with in a round."""

from collections.abc import Mapping

from survey.checks import sound_answers
from survey.comparison import Comparison
from survey.framework import Framework
from survey.outliers import Spread, compared_value, spread_of
from survey.part_sums import part_sums
from survey.response import Response
from survey.text import Text


def comparison_for(
    framework: Framework,
    library: str,
    responses: Mapping[str, Response],
    *,
    parts: Mapping[str, Response],
    names: Mapping[str, Text],
) -> Comparison:
    """The spread of the others that have sent, and the sums of the parts.

    responses: of this round by library. parts: the former libraries' responses of their last round;
    none for a library that no merger made. names: of the parts.
    """
    sent = [one for name, one in responses.items() if name != library and not one.editable]
    return Comparison(
        others=_spreads(framework, sent),
        parts=part_sums(framework, parts, names, sound_answers),
    )


def _spreads(framework: Framework, sent: list[Response]) -> dict[str, Spread]:
    sound = [sound_answers(framework, one) for one in sent]
    found = {
        name: spread_of(
            value
            for one, trusted in zip(sent, sound, strict=True)
            if name in trusted and (value := compared_value(question, one.answer(name))) is not None
        )
        for name, question in framework.questions.items()
    }
    return {name: spread for name, spread in found.items() if spread is not None}
