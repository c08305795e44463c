"""The sample as files: figures in the scoring contract's CSV, everything in words in YAML beside it."""

import csv
import io
import json
from collections.abc import Iterator

from survey.response import Answer, Document
from survey.sample.responses import SampleResponse, SampleRound

WARNING = "# DỮ LIỆU MINH HỌA: số liệu bịa để trình diễn, không phải số liệu của thư viện nào"
COLUMNS = ("library", "indicator", "state", "numerator", "denominator", "value", "items", "verified")
_KEY = """\
# What stands beside the figures of the CSV of the same name, by library and question. evidence: [number, day, issuer, what it
# is about, address]; every number holds MINH-HOA, so that no document can be taken for a real one.
"""


def answers_csv(sample: SampleRound) -> str:
    """The answers of a round, one row each, by library and in the order of the questions."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for library, response in sample.responses.items():
        for name, answer in response.answers.items():
            figures = (answer.numerator, answer.denominator, answer.value)
            mark = int(name in response.verified)
            rows.writerow(
                (library, name, answer.state.value, *map(_plain, figures), ";".join(answer.items), mark)
            )
    return f"{WARNING}\n{out.getvalue()}"


def notes_yaml(sample: SampleRound) -> str:
    """States, reasons, evidence and words of a round, one line for each answer that has any."""
    lines = [WARNING, _KEY.rstrip()]
    for library, response in sample.responses.items():
        lines += ["", f"{library}:", *_about(response), "  answers:"]
        for name, answer in response.answers.items():
            beside = ", ".join(_beside(answer))
            if beside:
                lines.append(f"    {name}: {{{beside}}}")
    return "\n".join(lines) + "\n"


def _plain(figure: float | None) -> str:
    if figure is None:
        return ""
    return str(int(figure)) if figure == int(figure) else str(figure)


def _about(response: SampleResponse) -> Iterator[str]:
    yield f"  state: {response.state.value}"
    if response.submitted:
        yield f"  submitted: {response.submitted.isoformat()}"
    if response.saved:
        yield f"  saved: {response.saved.isoformat()}"
    if response.remark:
        yield f"  remark: {_quoted(response.remark)}"


def _beside(answer: Answer) -> Iterator[str]:
    for key in ("reason", "explanation", "words"):
        if words := getattr(answer, key):
            yield f"{key}: {_quoted(words)}"
    if answer.evidence:
        yield f"evidence: [{', '.join(map(_document, answer.evidence))}]"
    if answer.confirmed:
        reasons = ", ".join(f"{code}: {_quoted(reason)}" for code, reason in answer.confirmed.items())
        yield f"confirmed: {{{reasons}}}"


def _document(document: Document) -> str:
    fields = [document.number, document.issued, document.issuer, document.abstract, document.link]
    last = max(place for place, words in enumerate(fields) if words)
    return f"[{', '.join(map(_quoted, fields[: last + 1]))}]"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
