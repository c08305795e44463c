"""The sheet "Số liệu gốc": every question as it was answered, whether it is scored or not."""

from collections.abc import Iterator

from report import check_words, labels
from report.round_report import RoundReport
from report.workbook.book import Book
from report.workbook.indicators import figure, linked_codes
from report.workbook.indicators import unit as scored_unit
from report.workbook.sheet import Column, Styled, Value
from scoring.matrix import State
from survey.checks import HARD, question_problems
from survey.framework import (
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    CountQuestion,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    WordsQuestion,
    YesNoQuestion,
)
from survey.response import Answer, AnswerState
from survey.text import Language


def figure_columns(book: Book) -> list[Column]:
    _ = book.words
    return [
        Column(_("Thư viện"), 15, "strong"),
        Column(_("Mã thư viện"), 9, "center"),
        Column(_("Trụ cột"), 8, "center"),
        Column(_("Mã"), 7, "code"),
        Column(_("Nội dung hỏi"), 38),
        Column(_("Trạng thái"), 18),
        Column(_("Tử số"), 10, "figure"),
        Column(_("Mẫu số"), 10, "figure"),
        Column(_("Giá trị"), 10, "figure"),
        Column(_("Đơn vị"), 16),
        Column(_("Mã nội dung đã chọn"), 16),
        Column(_("Câu trả lời bằng lời"), 30),
        Column(_("Lý do, giải trình"), 24),
        Column(_("Tài liệu kiểm chứng"), 28),
        Column(_("Thẩm định"), 14),
        Column(_("Ghi chú"), 18),
    ]


def figure_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """One row for each library and question, the information section included."""
    _, framework = book.words, report.framework
    about: list[tuple[AnyQuestion, str, str, str]] = []
    for question in framework.questions.values():
        dimension = framework.dimension_of.get(question.id)
        section = dimension.id if dimension else framework.information.id
        about.append((question, section, question.label.to(book.language), _unit(book, question)))
    linked = linked_codes(book, report)
    for library, faulty in zip(report.matrix.libraries, _faulty(report), strict=True):
        response, member = report.responses[library], report.member(library)
        short = member.short.to(book.language)
        for question, section, label, unit in about:
            entry = response.entry(question.id)
            answer = entry.answer
            answered = answer.state is AnswerState.ANSWERED
            words = labels.answer_state(answer.state, book.language)
            yield [
                short,
                member.code,
                section,
                linked[question.id],
                label,
                words if answered else Styled(words, "missing"),
                figure(answer.numerator),
                figure(answer.denominator),
                figure(answer.value),
                unit,
                "; ".join(answer.items) or None,
                _said(book, question, answer),
                _reasons(answer, book.language),
                "\n".join(
                    labels.document_words(document, ", ")
                    for document in answer.evidence
                    if not document.is_blank
                )
                or None,
                _("Đã thẩm định") if entry.verified else None,
                _fault(book, answer) if question.id in faulty else None,
            ]


def _said(book: Book, question: AnyQuestion, answer: Answer) -> str | None:
    """The answer in words, where figure and unit do not say it already."""
    in_figures = isinstance(question, RatioIndicator | NumberIndicator | LevelIndicator | CountQuestion)
    if in_figures or answer.state is not AnswerState.ANSWERED:
        return None
    return labels.answer_text(question, answer, book.language)


def _unit(book: Book, question: AnyQuestion) -> str:
    _ = book.words
    if isinstance(question, RatioIndicator):
        units = (question.numerator.unit.to(book.language), question.denominator.unit.to(book.language))
        return "/".join(dict.fromkeys(units))
    if isinstance(question, CountQuestion):
        return question.unit.to(book.language)
    if isinstance(question, ChecklistIndicator | ChoiceQuestion | WordsQuestion):
        return ""
    if isinstance(question, YesNoQuestion):
        return _("1 = có, 0 = không")
    return scored_unit(book, question)


def _reasons(answer: Answer, language: Language) -> str | None:
    given = [answer.reason, answer.explanation, *check_words.confirmed(answer, language)]
    return "\n".join(text for text in given if text) or None


def _faulty(report: RoundReport) -> Iterator[frozenset[str]]:
    """For each library the questions whose answer does not count; for scored ones scoring has decided it."""
    asked = report.framework.information.questions
    for library, states in zip(report.matrix.libraries, report.matrix.state, strict=True):
        response = report.responses[library]
        open_ = {
            name
            for name, state in zip(report.matrix.indicators, states, strict=True)
            if state == State.UNANSWERED
        }
        scored = {name for name in open_ if response.answer(name).state is not AnswerState.UNANSWERED}
        told = {
            question.id
            for question in asked
            if any(
                problem.severity == HARD
                for problem in question_problems(question, response.answer(question.id))
            )
        }
        yield frozenset(scored | told)


def _fault(book: Book, answer: Answer) -> str:
    _ = book.words
    typed = "; ".join(answer.typed.values())
    said = _("Có lỗi, không tính điểm")
    return f"{said}: {typed}" if typed else said
