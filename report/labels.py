"""The words for states, outcomes and kinds, the same on screen, in charts and in files."""

from collections.abc import Iterable, Mapping

from scoring.draws import Source
from scoring.levels import NO_LEVEL
from scoring.programme import Outcome
from survey.framework import (
    AnyIndicator,
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    Citation,
    CountQuestion,
    Framework,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    SourceDocument,
    Target,
    WordsQuestion,
)
from survey.response import Answer, AnswerState, Document, Response, ResponseState
from survey.rounds import RoundState
from survey.text import MISSING, Language, decimals_apart, format_day, format_number, format_percent
from survey.translation import words

ENOUGH_DECIMALS = 2


def answer_state(state: AnswerState, language: Language) -> str:
    _ = words(language)
    return {
        AnswerState.ANSWERED: _("Đã trả lời"),
        AnswerState.UNKNOWN: _("Không có số liệu"),
        AnswerState.NOT_APPLICABLE: _("Không áp dụng"),
        AnswerState.UNANSWERED: _("Chưa trả lời"),
    }[state]


def not_reviewed(language: Language) -> str:
    """In place of a verified figure where nobody decided: it is not 0."""
    return words(language)("chưa thẩm định")


def response_state(response: Response, language: Language) -> str:
    if response.state is ResponseState.DRAFT and not response.begun:
        _ = words(language)
        return _("Chưa bắt đầu")
    return response_state_name(response.state, language)


def response_state_name(state: ResponseState, language: Language) -> str:
    _ = words(language)
    return {
        ResponseState.DRAFT: _("Bản nháp"),
        ResponseState.SUBMITTED: _("Đã gửi"),
        ResponseState.UNDER_REVIEW: _("Đang thẩm định"),
        ResponseState.RETURNED: _("Đã trả lại"),
        ResponseState.ACCEPTED: _("Đã duyệt"),
    }[state]


def round_state(state: RoundState, language: Language) -> str:
    _ = words(language)
    return {
        RoundState.DRAFT: _("Đang chuẩn bị"),
        RoundState.OPEN: _("Đang mở"),
        RoundState.CLOSED: _("Đã đóng"),
        RoundState.PUBLISHED: _("Đã công bố"),
    }[state]


def outcome(result: Outcome, language: Language) -> str:
    _ = words(language)
    return {
        Outcome.MET: _("Đạt"),
        Outcome.NOT_MET: _("Chưa đạt"),
        Outcome.NOT_APPLICABLE: _("Không áp dụng"),
        Outcome.NO_DATA: _("Chưa có số liệu"),
    }[result]


def source_kind(kind: str, language: Language) -> str:
    _ = words(language)
    return {
        "national": _("Chỉ tiêu quốc gia"),
        "province": _("Chỉ tiêu của tỉnh"),
        "federation": _("Đề xuất của Liên hiệp, chờ thông qua"),
    }[kind]


def short_kind(kind: str, language: Language) -> str:
    """The kind of a target in a word or two, where the whole label has no room."""
    _ = words(language)
    return {
        "national": _("quốc gia"),
        "province": _("của tỉnh"),
        "federation": _("Liên hiệp đề xuất"),
    }[kind]


def set_by(source: Citation, language: Language) -> str:
    """Who set a target; of what the Federation adopted, when, so that it no longer reads as waiting."""
    if source.kind == "federation" and source.adopted:
        told = words(language)("Liên hiệp thông qua ngày {day}")
        return told.format(day=format_day(source.adopted, language))
    return source_kind(source.kind, language)


def document_kind(kind: str, language: Language) -> str:
    _ = words(language)
    return {
        "national": _("Văn bản của Nhà nước"),
        "province": _("Văn bản của tỉnh"),
        "federation": _("Tài liệu của Liên hiệp"),
    }[kind]


def cited(sources: Mapping[str, SourceDocument], source: Citation, language: Language) -> str:
    """A document and its clause, as the explanations name them: 206/QĐ-TTg, Điều 1."""
    document = sources.get(source.document)
    return f"{document.number if document else source.document}, {source.clause.to(language)}"


def share_text(share: float, limits: Iterable[float], language: Language, *, decimals: int = 0) -> str:
    """A share as a percentage that is not printed like a limit (also a share) which it misses."""
    apart = decimals_apart(100 * share, [100 * limit for limit in limits], decimals)
    return format_percent(share, language, decimals=apart)


def level(framework: Framework, number: int, language: Language) -> str:
    """A level as "3 · Hình thành", or the words for too little data."""
    if number == NO_LEVEL:
        return words(language)("Chưa đủ dữ liệu")
    return f"{number} · {framework.level_named(int(number)).label.to(language)}"


def level_and_reach(framework: Framework, number: int, reach: int, language: Language) -> str:
    """A level with the one that open answers could still bring: "2 · Bắt đầu, có thể đến 3"."""
    stated = level(framework, number, language)
    if reach <= number or reach == NO_LEVEL:
        return stated
    return words(language)("{level}, có thể đến {reach}").format(level=stated, reach=reach)


def value_text(
    indicator: AnyIndicator, x: float | None, language: Language, *, beside: float | None = None
) -> str:
    """A value in its own scale: 70 %, 3/5, mức 4, có, 1.375 máy.

    beside: what the value is held against; a ratio that misses it is not printed like it.
    """
    if x is None or x != x:
        return MISSING
    _ = words(language)
    if isinstance(indicator, RatioIndicator):
        decimals = decimals_apart(x, [] if beside is None else [beside], 1)
        return f"{format_number(x, language, decimals=decimals)}\u00a0%"
    if isinstance(indicator, ChecklistIndicator):
        return f"{format_number(x, language)}/{len(indicator.items)}"
    if isinstance(indicator, LevelIndicator):
        return _("mức {level}").format(level=format_number(x, language))
    if isinstance(indicator, NumberIndicator):
        return f"{format_number(x, language, decimals=ENOUGH_DECIMALS)} {indicator.unit.to(language)}"
    return _("có") if x else _("không")


def target_text(indicator: AnyIndicator, target: Target, language: Language) -> str:
    return value_text(indicator, target.value, language)


def answer_text(question: AnyQuestion, answer: Answer, language: Language) -> str:
    """An answer as a person would say it: 8/10 (80 %), mức 3, có, 1.375 trang."""
    if answer.state is not AnswerState.ANSWERED:
        return answer_state(answer.state, language)
    _ = words(language)
    if isinstance(question, RatioIndicator):
        return _ratio_text(answer, language)
    if isinstance(question, ChecklistIndicator):
        return f"{len(answer.items)}/{len(question.items)}"
    if isinstance(question, ChoiceQuestion):
        labels = [item.label.to(language) for item in question.items if item.id in answer.items]
        return "; ".join([*labels, *([answer.words] if answer.words else [])]) or _("Không chọn mục nào")
    if isinstance(question, WordsQuestion):
        return answer.words or MISSING
    if answer.value is None:
        return MISSING
    if isinstance(question, NumberIndicator | CountQuestion):
        shown = format_number(answer.value, language, decimals=ENOUGH_DECIMALS)
        return f"{shown} {question.unit.to(language)}"
    if isinstance(question, LevelIndicator):
        return _("mức {level}").format(level=format_number(answer.value, language))
    return _("có") if answer.value else _("không")


def answer_in_full(question: AnyQuestion, answer: Answer, language: Language) -> str:
    """An answer for a reader who has no form beside it: which items, what the level says, what 0/0 means."""
    said = answer_text(question, answer, language)
    if answer.state is not AnswerState.ANSWERED:
        return said
    _ = words(language)
    more = ""
    if isinstance(question, ChecklistIndicator):
        more = "; ".join(item.label.to(language) for item in question.items if item.id in answer.items)
    elif isinstance(question, LevelIndicator) and answer.value in question.levels:
        more = question.levels[int(answer.value)].to(language)
    elif isinstance(question, RatioIndicator) and answer.numerator == 0 == answer.denominator:
        more = _("không có đối tượng nên không áp dụng")
    elif answer.typed:
        more = " / ".join(answer.typed.values())
    return f"{said}: {more}" if more else said


def _ratio_text(answer: Answer, language: Language) -> str:
    a = format_number(answer.numerator, language, decimals=ENOUGH_DECIMALS)
    b = format_number(answer.denominator, language, decimals=ENOUGH_DECIMALS)
    if answer.numerator is None or not answer.denominator:
        return f"{a}/{b}"
    share = format_number(100 * answer.numerator / answer.denominator, language, decimals=1)
    return f"{a}/{b} ({share}\u00a0%)"


def document_words(document: Document, between: str = " · ") -> str:
    """A document as officials cite it, with the name of its file."""
    parts = (
        document.number,
        document.issued,
        document.issuer,
        document.abstract,
        document.link,
        document.file_name,
    )
    return between.join(part for part in parts if part)


def ranks(low: int, high: int, language: Language) -> str:
    """The ranks between which a library stands."""
    _ = words(language)
    if low == high:
        return _("hạng {rank}").format(rank=low)
    return _("hạng {low} đến {high}").format(low=low, high=high)


def rank_source(source: Source, language: Language) -> str:
    """What was varied to see how far the order depends on it."""
    _ = words(language)
    return {
        Source.ITEM_WEIGHTS: _("Điểm tối đa của từng chỉ số"),
        Source.DIMENSION_WEIGHTS: _("Tỷ trọng của các trụ cột"),
        Source.AGGREGATION: _("Cách gộp các trụ cột"),
        Source.SPACING: _("Khoảng cách giữa các mức"),
        Source.UNKNOWNS: _("Câu trả lời «không có số liệu»"),
        Source.ANSWER_ERROR: _("Sai số của câu trả lời chưa thẩm định"),
    }[source]
