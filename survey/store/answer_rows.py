"""An answer as columns and back, cleaned on its way in."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from survey.errors import SurveyError
from survey.response import Answer, AnswerState, Document, Recorded
from survey.store.columns import clean_text

NOTHING_BESIDE = "{}"
_STATES = {state.value: state for state in AnswerState}  # thrice as fast as asking the enumeration


def clean_answer(answer: Answer) -> Answer:
    """Return `answer` exactly as it will be read again.

    Raises:
        SurveyError: a figure is not a finite number.
    """
    return Answer(
        state=AnswerState(answer.state),
        numerator=_figure(answer.numerator),
        denominator=_figure(answer.denominator),
        value=_figure(answer.value),
        items=tuple(map(_item, answer.items)),
        words=clean_text(answer.words),
        typed=_clean_mapping(answer.typed),
        reason=clean_text(answer.reason),
        explanation=clean_text(answer.explanation),
        evidence=tuple(_clean_document(document) for document in answer.evidence),
        confirmed=_clean_mapping(answer.confirmed),
    )


def to_columns(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state.value,
        "numerator": answer.numerator,
        "denominator": answer.denominator,
        "value": answer.value,
        "items": ";".join(answer.items),
        "beside": _to_json(answer),
    }


def to_recorded(row: Sequence[Any]) -> Recorded:
    """Read a row of `reading.RECORDED`, whose order this is."""
    state, numerator, denominator, value, items, beside, revision, saved_by, saved_at, verified = row
    return Recorded(
        answer=Answer(
            state=_STATES[state],
            numerator=numerator,
            denominator=denominator,
            value=value,
            items=tuple(items.split(";")) if items else (),
            **({} if beside == NOTHING_BESIDE else _from_json(beside)),
        ),
        revision=revision,
        saved_by=saved_by,
        saved_at=saved_at,
        verified=verified,
    )


def as_recorded(answer: Answer, *, revision: int, by: str, at: datetime) -> Recorded:
    return Recorded(answer=answer, revision=revision, saved_by=clean_text(by), saved_at=at)


def to_plain(recorded: Recorded) -> dict[str, Any] | None:
    """Return what the audit trail keeps of an answer; None where nothing was saved yet."""
    if not recorded.revision:
        return None
    columns = to_columns(recorded.answer)
    given = {name: value for name, value in columns.items() if value not in (None, "")}
    return {"revision": recorded.revision, **given, "beside": json.loads(columns["beside"])}


def _figure(value: float | None) -> float | None:
    if value is None:
        return None
    try:
        figure = float(value)
    except OverflowError:
        figure = math.inf
    if not math.isfinite(figure):
        raise SurveyError(
            vi="Số vừa nhập không phải là một số hữu hạn nên chưa được lưu. Hãy nhập lại bằng chữ số.",
            en="The figure is not a finite number, so it was not saved. Enter it again in digits.",
        )
    return figure


def _item(item: str) -> str:
    if not item or ";" in item:
        raise ValueError(f"{item!r} is no id of an item")
    return clean_text(item)


def _clean_mapping(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({clean_text(key): clean_text(value) for key, value in words.items()})


def _clean_document(document: Document) -> Document:
    return Document(**{name: clean_text(value) for name, value in asdict(document).items()})


def _to_json(answer: Answer) -> str:
    beside = {
        "words": answer.words,
        "typed": dict(answer.typed),
        "reason": answer.reason,
        "explanation": answer.explanation,
        "evidence": [_without_blanks(document) for document in answer.evidence],
        "confirmed": dict(answer.confirmed),
    }
    given = {name: value for name, value in beside.items() if value}
    return json.dumps(given, ensure_ascii=False) if given else NOTHING_BESIDE


def _without_blanks(document: Document) -> dict[str, str]:
    return {name: value for name, value in asdict(document).items() if value}


def _from_json(text: str) -> dict[str, Any]:
    beside = json.loads(text)
    beside["evidence"] = tuple(Document(**document) for document in beside.get("evidence", ()))
    for name in ("typed", "confirmed"):
        beside[name] = MappingProxyType(beside.get(name, {}))
    return dict(beside)
