"""The review cycle as tables: who may do what to a response, in which state, and where it leads.

What is not in a table may not be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from survey.response import ResponseState
from survey.review import ThreadState, Verdict
from survey.rounds import RoundState


class Capacity(StrEnum):
    """As what a person meets one library's response; a role alone does not say it."""

    OWN_ENTRY = "own_entry"
    OWN_DIRECTOR = "own_director"
    REVIEWER = "reviewer"
    CHAIR = "chair"
    NOBODY = "nobody"


class Action(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    START_REVIEW = "start_review"
    DECIDE = "decide"
    RETURN = "return"
    REPLY = "reply"
    ACCEPT = "accept"
    REOPEN = "reopen"


class Refusal(StrEnum):
    """Why an action is refused: the person, the response's state, or the round's state."""

    PERSON = "person"
    RESPONSE = "response"
    ROUND = "round"


@dataclass(frozen=True)
class Rule:
    """Who may take a step, in which states of the round, and the state of the response after it."""

    who: frozenset[Capacity]
    rounds: frozenset[RoundState]
    to: ResponseState


_LIBRARY = frozenset({Capacity.OWN_ENTRY, Capacity.OWN_DIRECTOR})
_DIRECTOR = frozenset({Capacity.OWN_DIRECTOR})
_REVIEW = frozenset({Capacity.REVIEWER, Capacity.CHAIR})
_CHAIR = frozenset({Capacity.CHAIR})
_OPEN = frozenset({RoundState.OPEN})
_UNPUBLISHED = frozenset({RoundState.OPEN, RoundState.CLOSED})

_DRAFT, _SENT, _REVIEWED = ResponseState.DRAFT, ResponseState.SUBMITTED, ResponseState.UNDER_REVIEW
_RETURNED, _ACCEPTED = ResponseState.RETURNED, ResponseState.ACCEPTED

TABLE: Mapping[tuple[ResponseState, Action], Rule] = MappingProxyType(
    {
        (_DRAFT, Action.SAVE): Rule(_LIBRARY, _OPEN, _DRAFT),
        (_DRAFT, Action.SUBMIT): Rule(_DIRECTOR, _OPEN, _SENT),
        (_SENT, Action.WITHDRAW): Rule(_DIRECTOR, _OPEN, _DRAFT),
        (_SENT, Action.START_REVIEW): Rule(_REVIEW, _UNPUBLISHED, _REVIEWED),
        (_SENT, Action.DECIDE): Rule(_REVIEW, _UNPUBLISHED, _REVIEWED),
        (_SENT, Action.RETURN): Rule(_CHAIR, _UNPUBLISHED, _RETURNED),
        (_SENT, Action.ACCEPT): Rule(_CHAIR, _UNPUBLISHED, _ACCEPTED),
        (_REVIEWED, Action.DECIDE): Rule(_REVIEW, _UNPUBLISHED, _REVIEWED),
        (_REVIEWED, Action.REPLY): Rule(_LIBRARY, _UNPUBLISHED, _REVIEWED),
        (_REVIEWED, Action.RETURN): Rule(_REVIEW, _UNPUBLISHED, _RETURNED),
        (_REVIEWED, Action.ACCEPT): Rule(_CHAIR, _UNPUBLISHED, _ACCEPTED),
        (_RETURNED, Action.SAVE): Rule(_LIBRARY, _OPEN, _RETURNED),
        (_RETURNED, Action.REPLY): Rule(_LIBRARY, _UNPUBLISHED, _RETURNED),
        # A response that comes back goes on being reviewed, so it can no longer be withdrawn.
        (_RETURNED, Action.SUBMIT): Rule(_DIRECTOR, _OPEN, _REVIEWED),
        (_ACCEPTED, Action.RETURN): Rule(_CHAIR, _UNPUBLISHED, _RETURNED),
        (_ACCEPTED, Action.REOPEN): Rule(_CHAIR, _UNPUBLISHED, _REVIEWED),
    }
)

THREADS: Mapping[tuple[ThreadState | None, Verdict], ThreadState | None] = MappingProxyType(
    {
        (None, Verdict.MET): None,
        (None, Verdict.REDUCED): ThreadState.OPEN,
        (None, Verdict.MORE): ThreadState.OPEN,
        (ThreadState.OPEN, Verdict.MET): ThreadState.CLOSED,
        (ThreadState.OPEN, Verdict.REDUCED): ThreadState.OPEN,
        (ThreadState.OPEN, Verdict.MORE): ThreadState.OPEN,
        (ThreadState.ANSWERED, Verdict.MET): ThreadState.CLOSED,
        # The library was heard: the second reading ends the exchange.
        (ThreadState.ANSWERED, Verdict.REDUCED): ThreadState.CLOSED,
        (ThreadState.ANSWERED, Verdict.MORE): ThreadState.OPEN,
        (ThreadState.CLOSED, Verdict.MET): ThreadState.CLOSED,
        (ThreadState.CLOSED, Verdict.REDUCED): ThreadState.OPEN,
        (ThreadState.CLOSED, Verdict.MORE): ThreadState.OPEN,
    }
)
"""By the thread's state (None for no thread) and a decision: the state afterwards."""

TAKES_REPLIES = frozenset({ThreadState.OPEN, ThreadState.ANSWERED})


def judge(
    action: Action, state: ResponseState, capacity: Capacity, round_state: RoundState
) -> ResponseState | Refusal:
    """The state after the action, or why it is refused; who may never do it learns no more than that."""
    if not _is_ever_allowed(action, capacity):
        return Refusal.PERSON
    rule = TABLE.get((state, action))
    if rule is None or capacity not in rule.who:
        return Refusal.RESPONSE
    return rule.to if round_state in rule.rounds else Refusal.ROUND


def may(action: Action, state: ResponseState, capacity: Capacity, round_state: RoundState) -> bool:
    return isinstance(judge(action, state, capacity, round_state), ResponseState)


def states_for(action: Action) -> frozenset[ResponseState]:
    """The states in which anybody may take the action."""
    return frozenset(state for state, known in TABLE if known is action)


def _is_ever_allowed(action: Action, capacity: Capacity) -> bool:
    return any(capacity in rule.who for (_, known), rule in TABLE.items() if known is action)
