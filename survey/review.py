"""What a reviewer says of one answer, what both sides write about it, and what a sending leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from survey.response import Answer


class Verdict(StrEnum):
    """What a reviewer decides about one indicator: "đạt", "giảm điểm" or "yêu cầu bổ sung"."""

    MET = "met"
    REDUCED = "reduced"
    MORE = "more"


class ThreadState(StrEnum):
    """Whose turn it is in the exchange about one indicator: "mở", "đã trả lời", "đã đóng"."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Side(StrEnum):
    LIBRARY = "library"
    REVIEW = "review"


@dataclass(frozen=True)
class Ruling:
    """A decision as it is wished. reason: a code of `data/review_reasons.yaml`; blank for "đạt".

    value: the answer as the reviewer reads it, given with "giảm điểm" only.
    """

    verdict: Verdict
    reason: str = ""
    words: str = ""
    value: Answer | None = None


@dataclass(frozen=True)
class Decision:
    """A ruling as it was recorded, on one revision of the library's own answer.

    number: counts the decisions about this indicator from 1.
    """

    question_id: str
    number: int
    revision: int
    ruling: Ruling
    by: str
    at: datetime

    @property
    def verdict(self) -> Verdict:
        return self.ruling.verdict


@dataclass(frozen=True)
class Post:
    """One contribution to a thread; blank words where a decision said nothing or closed it."""

    question_id: str
    number: int
    side: Side
    words: str
    state: ThreadState
    by: str
    at: datetime


@dataclass(frozen=True)
class Submission:
    """One sending of a response, with its receipt. number: counts this library's sendings from 1.

    digest: SHA-256 of the answers as they were sent, blank where nobody computed it.
    """

    round_id: str
    library_id: str
    number: int
    receipt: str
    by: str
    name: str
    certified: str
    digest: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""


@dataclass(frozen=True)
class LateException:
    """One library may send after the round's last day, until `last_day`, for a reason."""

    library_id: str
    last_day: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Assignment:
    """Who reviews which library in a round."""

    library_id: str
    person_id: int
    login: str
    name: str


@dataclass(frozen=True)
class ReviewFile:
    """All decisions and posts about one response, by question, the first one first."""

    decisions: Mapping[str, tuple[Decision, ...]]
    posts: Mapping[str, tuple[Post, ...]]

    def decision(self, question_id: str) -> Decision | None:
        """The newest decision about an indicator."""
        return self.decisions[question_id][-1] if question_id in self.decisions else None

    def thread(self, question_id: str) -> ThreadState | None:
        return self.posts[question_id][-1].state if question_id in self.posts else None

    @property
    def asked_for_more(self) -> frozenset[str]:
        """The indicators whose newest decision asks for more: what a return opens by default."""
        return frozenset(
            name for name, decisions in self.decisions.items() if decisions[-1].verdict is Verdict.MORE
        )


NO_REVIEW = ReviewFile({}, {})
