"""Put the sample into an empty store: members, framework, rounds, responses and demo accounts."""

from dataclasses import replace
from pathlib import Path

from survey.errors import SurveyError
from survey.framework import FrameworkFile, load_framework
from survey.framework.loading import DATA
from survey.members import Members, load_members
from survey.response import ResponseState
from survey.rounds import Round, RoundState
from survey.sample.accounts import CHAIR, DEMO_PASSWORD, demo_accounts, demo_login
from survey.sample.practices import load_practices
from survey.sample.reading import read_sample
from survey.sample.responses import SampleResponse, SampleRound
from survey.sample.review import load_review
from survey.sample.rounds import SAMPLE
from survey.store import Store

# The steps by which a round reaches each state.
STEPS = (RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED)


def load_sample(store: Store, *, folder: Path = SAMPLE) -> None:
    """Fill an empty store with the invented rounds and the accounts to look at them.

    Raises:
        SurveyError: the store holds members, rounds or accounts already; nothing was changed.
        DefinitionError: a file of the sample is missing or cannot be read.
    """
    _require_empty(store)
    members, sample = load_members(), read_sample(folder)
    frameworks = {
        name: load_framework(DATA / "frameworks" / f"{name}.yaml")
        for name in {filled.round_.framework_id for filled in sample}
    }
    store.members.replace_all(members.members, by=CHAIR)
    for filled in sample:
        _load_round(store, filled, frameworks[filled.round_.framework_id])
    _add_accounts(store, members)
    load_review(store, _remarks(sample))
    load_practices(store)


def _remarks(sample: list[SampleRound]) -> dict[str, str]:
    """Why the responses that are with their libraries again were returned, by library."""
    return {
        library: response.remark
        for filled in sample
        for library, response in filled.responses.items()
        if response.state is ResponseState.RETURNED
    }


def _require_empty(store: Store) -> None:
    if store.members.all() or store.rounds.all() or store.accounts.has_accounts():
        raise SurveyError(
            vi="Cơ sở dữ liệu đã có dữ liệu nên KHÔNG nạp dữ liệu minh họa, để số liệu bịa không lẫn với số liệu "
            "thật. Hãy đặt DATABASE_URL tới một cơ sở dữ liệu mới, còn trống.",
            en="The database holds data already, so the sample was NOT loaded: invented figures must not mix "
            "with real ones. Point DATABASE_URL to a new, empty database.",
        )


def _load_round(store: Store, filled: SampleRound, framework: FrameworkFile) -> None:
    round_ = replace(filled.round_, state=RoundState.DRAFT)
    store.rounds.add(round_, by=CHAIR)
    store.rounds.change_state(
        round_.id, RoundState.OPEN, CHAIR, checksum=framework.checksum, framework_text=framework.text
    )
    for library, response in filled.responses.items():
        _load_response(store, round_, library, response)
    for step in STEPS[1 : 1 + STEPS.index(filled.round_.state)]:
        store.rounds.change_state(round_.id, step, CHAIR)


def _load_response(store: Store, round_: Round, library: str, response: SampleResponse) -> None:
    """Bring in one response as its library sent it; what was returned is returned by its reviewer later."""
    returned = response.state is ResponseState.RETURNED
    store.answers.import_answers(
        round_.id,
        {library: response.answers},
        by=demo_login(library),
        at=response.submitted or response.saved,
        verified={(library, question) for question in response.verified},
        states={library: ResponseState.SUBMITTED if returned else response.state},
    )


def _add_accounts(store: Store, members: Members) -> None:
    for login, name, role, library_id in demo_accounts(members):
        store.accounts.add(login, name, role, library_id, DEMO_PASSWORD, by=CHAIR)
