"""What one library answered in one round, and the four states an answer can have."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class AnswerState(StrEnum):
    """Four states, never mixed: 0 is an answer, and none of the others is 0."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class ResponseState(StrEnum):
    """Where a response stands on its way from draft to accepted."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"


EDITABLE = frozenset({ResponseState.DRAFT, ResponseState.RETURNED})


@dataclass(frozen=True)
class Document:
    """Evidence ("tài liệu kiểm chứng"): a document by its particulars, a link to it, or a file.

    file: the SHA-256 of a file on the library's shelf; file_name: what it was called.
    """

    number: str = ""
    issued: str = ""
    issuer: str = ""
    abstract: str = ""
    link: str = ""
    file: str = ""
    file_name: str = ""

    @property
    def is_blank(self) -> bool:
        return not any((self.number, self.issued, self.issuer, self.abstract, self.link, self.file))


@dataclass(frozen=True)
class Answer:
    """One answer as given.

    numerator, denominator: the two figures of a ratio. value: a number, a level, or 1/0 for
    yes/no. items: ids of the checklist items met, or of the choices made. words: free text, or
    the note beside choices. typed: what stands in a field that could not be read as a figure,
    by field name, kept so that nothing typed is lost. reason: why unknown or not applicable.
    explanation: "giải trình". confirmed: reasons given to soft checks, by the check's code.
    """

    state: AnswerState = AnswerState.UNANSWERED
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    items: tuple[str, ...] = ()
    words: str = ""
    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reason: str = ""
    explanation: str = ""
    evidence: tuple[Document, ...] = ()
    confirmed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def has_evidence(self) -> bool:
        return any(not document.is_blank for document in self.evidence)

    def same_figures(self, other: "Answer") -> bool:
        """Whether state and figures agree, whatever was written beside them."""
        return (self.state, self.numerator, self.denominator, self.value, self.items) == (
            other.state,
            other.numerator,
            other.denominator,
            other.value,
            other.items,
        )


NO_ANSWER = Answer()


@dataclass(frozen=True)
class Recorded:
    """An answer as it stands in the store; revision 0 means that nothing was saved yet.

    verified: a reviewer decided about exactly this revision. reduced: the value that the reviewer
    put beside it, where the decision was to reduce it. verified_by, verified_at: who decided and
    when; blank and None where the whole response was accepted at once.
    """

    answer: Answer = NO_ANSWER
    revision: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None
    verified: bool = False
    reduced: Answer | None = None
    verified_by: str = ""
    verified_at: datetime | None = None


NOT_RECORDED = Recorded()


@dataclass(frozen=True)
class SavedAnswer:
    """That an answer was saved, whatever was in it."""

    library_id: str
    question_id: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True)
class Response:
    """Everything one library recorded in one round.

    remark: what was written when it was returned. submitted_at: the moment it was sent last.
    last_activity: the newest save or change of state. opened: in a returned response, the questions
    that may be changed; None for all of them.
    """

    round_id: str
    library_id: str
    state: ResponseState = ResponseState.DRAFT
    recorded: Mapping[str, Recorded] = field(default_factory=lambda: MappingProxyType({}))
    remark: str = ""
    submitted_at: datetime | None = None
    last_activity: datetime | None = None
    opened: frozenset[str] | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        return {question: entry.answer for question, entry in self.recorded.items()}

    def answer(self, question_id: str) -> Answer:
        return self.recorded.get(question_id, NOT_RECORDED).answer

    def entry(self, question_id: str) -> Recorded:
        return self.recorded.get(question_id, NOT_RECORDED)

    def with_entry(self, question_id: str, entry: Recorded) -> "Response":
        return replace(self, recorded={**self.recorded, question_id: entry})

    @property
    def editable(self) -> bool:
        return self.state in EDITABLE

    def may_change(self, question_id: str) -> bool:
        """Whether the state of the response lets this one answer be changed."""
        return self.editable and (self.opened is None or question_id in self.opened)

    @property
    def begun(self) -> bool:
        return any(entry.revision for entry in self.recorded.values())
