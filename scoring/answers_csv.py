"""Read answers from CSV, all faulty rows at once, and write scores as CSV.

Lines before the header that begin with # are remarks. The columns are a public contract.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from scoring.matrix import AnswerMatrix, build_matrix
from survey.framework import (
    ChecklistIndicator,
    ChoiceQuestion,
    Framework,
    LevelIndicator,
    RatioIndicator,
    WordsQuestion,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.framework.asked import AnyQuestion
from survey.response import Answer, AnswerState

REQUIRED = ("library", "indicator", "state", "numerator", "denominator", "value", "items")
OPTIONAL = ("verified",)
FIGURES = ("numerator", "denominator", "value")
# What Excel writes between columns in countries with a decimal comma, Vietnam among them.
FOREIGN = {";": "semicolons", "\t": "tabs"}
# As on the form; beyond it the hundredfold of a numerator could leave what a float can hold.
LARGEST = 1e15
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class AnswersFileError(Exception):
    """The file cannot be used; `faults` names every faulty line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass
class AnswersFile:
    """Answers by library and question, and the indicators verified by library."""

    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    verified: dict[str, set[str]] = field(default_factory=dict)

    def matrix(self, framework: Framework) -> AnswerMatrix:
        return build_matrix(
            self.answers,
            framework,
            verified={library: frozenset(names) for library, names in self.verified.items()},
        )


def read_answers(text: str, framework: Framework) -> AnswersFile:
    """Parse the text of a CSV file.

    Raises:
        AnswersFileError: any line is at fault; nothing is taken over then.
    """
    faults: list[str] = []
    file = AnswersFile()
    first_seen: dict[tuple[str, str], int] = {}
    for line, row in _rows(text, faults):
        library = (row.get("library") or "").strip()
        name = (row.get("indicator") or "").strip()
        question = framework.questions.get(name)
        if not library:
            faults.append(f"line {line}: column library is empty")
            continue
        if question is None:
            faults.append(f"line {line}: indicator '{name}' is not in framework {framework.id}")
            continue
        earlier = first_seen.setdefault((library, name), line)
        if earlier != line:
            faults.append(f"line {line}: {library} already answers {name} on line {earlier}")
            continue
        answer, wrong = read_answer(row, question)
        verified, wrong_mark = _verified(row)
        faults += [f"line {line}: {library}, {name}: {what}" for what in (*wrong, *wrong_mark)]
        file.answers.setdefault(library, {})[name] = answer
        if verified:
            file.verified.setdefault(library, set()).add(name)
    if faults:
        raise AnswersFileError(faults)
    return file


def _rows(text: str, faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Data rows with the line each begins on; faults of the shape are added to `faults`."""
    if "\0" in text:
        faults.append("the file holds a NUL character: it is not a CSV text file")
        return
    # A name typed with its accents apart (macOS) is the same library, not another one.
    remarks, lines = _below_remarks(unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    reader = csv.reader(lines, strict=True)
    header: list[str] = []
    end = remarks
    try:
        for cells in reader:
            line, end = end + 1, remarks + reader.line_num
            if not header and cells and cells[0].lstrip().startswith("#"):
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                if wrong := list(_header_faults(header, line)):
                    faults += wrong
                    return
                continue
            if len(cells) != len(header):
                faults.append(f"line {line}: {len(cells)} cells where the header has {len(header)}")
                continue
            yield line, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        faults.append(f"line {remarks + reader.line_num}: not CSV ({error})")
        return
    if not header:
        faults.append("line 1: the file is empty: a header line is expected")


def _below_remarks(text: str) -> tuple[int, Iterator[str]]:
    """How many remark lines and blank lines stand at the top, and the lines below them.

    A remark is free text: its quotation marks are not those of CSV.
    """
    lines = io.StringIO(text, newline="")
    for remarks, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            return remarks, chain([line], lines)
    return 0, iter(())


def _header_faults(header: list[str], line: int) -> Iterator[str]:
    foreign = next((found for sign, found in FOREIGN.items() if len(header) == 1 and sign in header[0]), None)
    if foreign:
        yield f"line {line}: the columns are separated by {foreign}; save the file as CSV with commas"
        return
    for name in REQUIRED:
        if name not in header:
            yield f"line {line}: column '{name}' is missing"
    for name in header:
        if name not in REQUIRED + OPTIONAL:
            yield f"line {line}: column '{name}' is not known"
        if header.count(name) > 1:
            yield f"line {line}: column '{name}' stands twice"


def _verified(row: dict[str, str]) -> tuple[bool, list[str]]:
    mark = row.get("verified", "").strip()
    if mark in ("", "0", "1"):
        return mark == "1", []
    return False, [f"verified is '{mark}', expected 1 or 0"]


def read_answer(row: dict[str, str], question: AnyQuestion) -> tuple[Answer, list[str]]:
    """Turn one row into an answer, with everything that is wrong about it."""
    wrong: list[str] = []
    word = row["state"].strip()
    if word not in set(AnswerState):
        states = ", ".join(AnswerState)
        return Answer(), [f"state '{word}' is not one of {states}"]
    state = AnswerState(word)
    figures = {name: _figure(name, row[name], wrong) for name in FIGURES}
    items = tuple(part.strip() for part in row["items"].split(";") if part.strip())
    given = [name for name in FIGURES if row[name].strip()] + (["items"] if items else [])
    if state is not AnswerState.ANSWERED:
        if given:
            wrong.append(f"state {state} goes with no figures, found {', '.join(given)}")
        if state is AnswerState.NOT_APPLICABLE and not getattr(question, "may_not_apply", True):
            wrong.append("this indicator cannot be not_applicable")
        return Answer(state=state), wrong
    if not wrong:
        wrong += _faults_of_kind(question, figures, items, given)
    answer = Answer(
        state=state,
        numerator=figures["numerator"],
        denominator=figures["denominator"],
        value=figures["value"],
        items=items,
    )
    return answer, wrong


def _figure(name: str, cell: str, wrong: list[str]) -> float | None:
    text = cell.strip()
    if not text:
        return None
    value = float(text) if _PLAIN_NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        wrong.append(f"{name} '{text}' is not a number")
        return None
    if value < 0:
        wrong.append(f"{name} {text} is negative")
    if value > LARGEST:
        wrong.append(f"{name} {text} is too large, at most {LARGEST:g} is accepted")
    return value + 0.0


def _faults_of_kind(
    question: AnyQuestion, figures: dict[str, float | None], items: tuple[str, ...], given: list[str]
) -> Iterator[str]:
    expected = _expected_columns(question)
    for name in given:
        if name not in expected:
            yield f"{name} does not belong to this question ({_kind_of(question)})"
    for name in expected:
        if name != "items" and figures[name] is None:
            yield f"{name} is missing"
    if isinstance(question, RatioIndicator):
        yield from _ratio_faults(question, figures["numerator"], figures["denominator"])
    elif isinstance(question, LevelIndicator):
        yield from _choice_faults(figures["value"], [float(level) for level in question.levels])
    elif isinstance(question, YesNoIndicator | YesNoQuestion):
        yield from _choice_faults(figures["value"], [0.0, 1.0])
    elif isinstance(question, ChecklistIndicator | ChoiceQuestion):
        yield from _item_faults([item.id for item in question.items], items)


def _kind_of(question: AnyQuestion) -> str:
    return question.kind


def _expected_columns(question: AnyQuestion) -> tuple[str, ...]:
    if isinstance(question, RatioIndicator):
        return ("numerator", "denominator")
    if isinstance(question, ChecklistIndicator | ChoiceQuestion):
        return ("items",)
    return () if isinstance(question, WordsQuestion) else ("value",)


def _ratio_faults(indicator: RatioIndicator, a: float | None, b: float | None) -> Iterator[str]:
    if a is None or b is None:
        return
    if b == 0 and a > 0:
        yield f"denominator is 0 while numerator is {a:g}"
    elif a > b:
        yield f"numerator {a:g} is greater than denominator {b:g}"
    elif b == 0 and not indicator.may_not_apply:
        yield "0 of 0: this indicator cannot be not_applicable"


def _choice_faults(value: float | None, allowed: list[float]) -> Iterator[str]:
    if value is not None and value not in allowed:
        yield f"value {value:g} is not one of {', '.join(f'{choice:g}' for choice in sorted(allowed))}"


def _item_faults(known: list[str], items: tuple[str, ...]) -> Iterator[str]:
    for item in dict.fromkeys(items):
        if item not in known:
            yield f"item '{item}' is not one of {', '.join(known)}"
        if items.count(item) > 1:
            yield f"item '{item}' stands more than once"
