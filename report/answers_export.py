"""A round's answers as CSV, in the columns that `python -m scoring` reads."""

import csv
import io
from collections.abc import Iterator

from report.round_report import RoundReport
from scoring.answers_csv import OPTIONAL, REQUIRED, read_answer
from survey.checks import sound_answers
from survey.framework import AnyQuestion
from survey.response import NO_ANSWER, Answer, AnswerState, Recorded
from survey.text import format_day

COLUMNS = (*REQUIRED, *OPTIONAL)


def answers_csv(report: RoundReport) -> str:
    """One line for each library and question, those that are not scored included.

    Read back by `scoring.answers_csv.read_answers`, the file gives the same states and figures.
    An answer with a fault of its own scores nothing and is written as not answered. Words,
    reasons and evidence have no column in this contract; they stand in the workbook.

    No cell holds text that a person typed: states and the ids of questions and items come from
    the framework, the rest are figures. Only the library's id could begin like a formula, and ids
    are given by the administrator in `data/members.yaml`. Remarks before the header begin with #.
    """
    out = io.StringIO()
    for remark in _remarks(report):
        out.write(f"# {' '.join(remark.split())}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for member in report.members:
        response = report.responses[member.id]
        sound = sound_answers(report.framework, response)
        for name, question in report.framework.questions.items():
            entry = response.entry(name) if name in sound else Recorded()
            writer.writerow([member.id, name, *_cells(question, entry)])
    return out.getvalue()


def _remarks(report: RoundReport) -> Iterator[str]:
    if report.sample:
        yield "DỮ LIỆU MINH HỌA: số liệu bịa để trình diễn, không phải số liệu của thư viện nào"
    round_ = report.round
    yield (
        f"round {round_.id}: {round_.name}; framework {round_.framework_id} version {round_.framework_version}; "
        f"chốt số liệu {format_day(round_.reference_date, 'vi')}; phiên bản số liệu {round_.data_version}"
    )


def _cells(question: AnyQuestion, entry: Recorded) -> list[str]:
    cells = _figures(entry.answer)
    _answer, faults = read_answer(dict(zip(COLUMNS[2:], cells, strict=False)), question)
    if faults:
        return [*_figures(NO_ANSWER), "0"]
    return [*cells, "1" if entry.verified else "0"]


def _figures(answer: Answer) -> list[str]:
    """State and figures; beside a state other than answered no figure stands."""
    if answer.state is not AnswerState.ANSWERED:
        return [answer.state, "", "", "", ""]
    figures = (answer.numerator, answer.denominator, answer.value)
    return [answer.state, *map(_number, figures), ";".join(answer.items)]


def _number(value: float | None) -> str:
    """A figure in full precision, whole ones without a point."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
