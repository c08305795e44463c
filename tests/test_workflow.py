"""The cycle's tables: every state, person, action and round is tried, and walks at random stay legal."""

from itertools import product
from random import Random

import pytest

from survey.access import Person, Role, capacity
from survey.response import EDITABLE, ResponseState
from survey.review import ThreadState, Verdict
from survey.rounds import RoundState
from survey.workflow import TABLE, THREADS, Action, Capacity, Refusal, judge, may, states_for

SEED = 206
WALKS, STEPS = 10_000, 25

# The same rules written down a second time, by hand and in another form: who, in which states of
# the response, in which of the round.
LIBRARY, REVIEW = ("own_entry", "own_director"), ("reviewer", "chair")
BY_HAND: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    "save": [(LIBRARY, ("draft", "returned"), ("open",))],
    "submit": [(("own_director",), ("draft", "returned"), ("open",))],
    "withdraw": [(("own_director",), ("submitted",), ("open",))],
    "start_review": [(REVIEW, ("submitted",), ("open", "closed"))],
    "decide": [(REVIEW, ("submitted", "under_review"), ("open", "closed"))],
    "return": [
        (("chair",), ("submitted", "under_review", "accepted"), ("open", "closed")),
        (("reviewer",), ("under_review",), ("open", "closed")),
    ],
    "reply": [(LIBRARY, ("under_review", "returned"), ("open", "closed"))],
    "accept": [(("chair",), ("submitted", "under_review"), ("open", "closed"))],
    "reopen": [(("chair",), ("accepted",), ("open", "closed"))],
}
LEADS_TO = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "under_review",
    ("submitted", "withdraw"): "draft",
    ("submitted", "start_review"): "under_review",
    ("submitted", "decide"): "under_review",
    ("accepted", "reopen"): "under_review",
}
ALWAYS_TO = {"return": "returned", "accept": "accepted"}
EVERYTHING = list(product(ResponseState, Capacity, Action, RoundState))


def expected(state: str, who: str, action: str, round_state: str) -> str | None:
    for people, states, rounds in BY_HAND[action]:
        if who in people and state in states and round_state in rounds:
            return LEADS_TO.get((state, action)) or ALWAYS_TO.get(action, state)
    return None


def test_every_state_with_every_person_action_and_round_does_what_is_written_down():
    assert len(EVERYTHING) == 5 * 5 * 9 * 4
    for state, who, action, round_state in EVERYTHING:
        found = judge(action, state, who, round_state)
        legal = expected(state, who, action, round_state)
        assert (found if isinstance(found, ResponseState) else None) == legal, (state, who, action)
        assert may(action, state, who, round_state) is (legal is not None)


def test_nobody_and_nothing_published_changes_anything():
    for state, who, action, round_state in EVERYTHING:
        if who is Capacity.NOBODY:
            assert judge(action, state, who, round_state) is Refusal.PERSON
        if round_state in (RoundState.DRAFT, RoundState.PUBLISHED):
            assert isinstance(judge(action, state, who, round_state), Refusal)


def test_who_may_never_do_it_does_not_learn_how_things_stand():
    for state, round_state in product(ResponseState, RoundState):
        assert judge(Action.ACCEPT, state, Capacity.REVIEWER, round_state) is Refusal.PERSON
        assert judge(Action.SUBMIT, state, Capacity.OWN_ENTRY, round_state) is Refusal.PERSON
    found = judge(Action.SAVE, ResponseState.SUBMITTED, Capacity.OWN_ENTRY, RoundState.OPEN)
    assert found is Refusal.RESPONSE
    assert judge(Action.SAVE, ResponseState.DRAFT, Capacity.OWN_ENTRY, RoundState.CLOSED) is Refusal.ROUND


def test_the_states_that_take_answers_are_those_of_the_table():
    assert states_for(Action.SAVE) == EDITABLE == states_for(Action.SUBMIT)


def test_ten_thousand_walks_at_random_end_in_legal_states():
    chance = Random(SEED)
    seen: set[ResponseState] = set()
    for _ in range(WALKS):
        state, reviewed, accepted_by = ResponseState.DRAFT, False, None
        for _ in range(STEPS):
            action, who = chance.choice(list(Action)), chance.choice(list(Capacity))
            round_state = chance.choice(list(RoundState))
            after = judge(action, state, who, round_state)
            if not isinstance(after, ResponseState):
                continue
            assert action is not Action.WITHDRAW or not reviewed
            assert (after is ResponseState.ACCEPTED) is (action is Action.ACCEPT)
            assert after is not ResponseState.ACCEPTED or state is not ResponseState.RETURNED
            # What was once under review is never a draft again.
            reviewed = reviewed or after in (ResponseState.UNDER_REVIEW, ResponseState.RETURNED)
            assert not (reviewed and after is ResponseState.DRAFT)
            accepted_by = who if after is ResponseState.ACCEPTED else accepted_by
            state = after
            seen.add(state)
        assert state in ResponseState
        assert accepted_by in (None, Capacity.CHAIR)
    assert seen == set(ResponseState)


def test_every_state_can_be_left_and_reached():
    assert {state for state, _ in TABLE} == set(ResponseState)
    assert {rule.to for rule in TABLE.values()} == set(ResponseState)


def test_every_decision_has_its_effect_on_every_thread():
    assert set(THREADS) == set(product((None, *ThreadState), Verdict))
    for (before, verdict), after in THREADS.items():
        if verdict is Verdict.MORE:
            assert after is ThreadState.OPEN
        if verdict is Verdict.MET:
            assert after in (None, ThreadState.CLOSED)
            assert (after is None) is (before is None)
    assert THREADS[ThreadState.ANSWERED, Verdict.REDUCED] is ThreadState.CLOSED


@pytest.mark.parametrize("assigned", [False, True])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [False, True])
def test_as_what_somebody_meets_a_response(role: Role, own: bool, assigned: bool):
    library = "son_la" if own else "lai_chau"
    of_library = role in (Role.ENTRY, Role.DIRECTOR, Role.OFFICIAL)
    person = Person(1, "lan", "Lan", role, library if of_library else None)
    usual = {
        Role.ENTRY: Capacity.OWN_ENTRY if own else Capacity.REVIEWER if assigned else Capacity.NOBODY,
        Role.DIRECTOR: Capacity.OWN_DIRECTOR if own else Capacity.REVIEWER if assigned else Capacity.NOBODY,
        Role.REVIEWER: Capacity.REVIEWER if assigned else Capacity.NOBODY,
        Role.CHAIR: Capacity.CHAIR,
        Role.OFFICIAL: Capacity.NOBODY,
        Role.ADMINISTRATOR: Capacity.NOBODY,
    }
    assert capacity(person, "son_la", assigned=assigned) is usual[role]
