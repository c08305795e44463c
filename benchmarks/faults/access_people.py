"""Every kind of person, and databases in which each of them stands before a response in each state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.faults.rounds import FRAMEWORK
from survey.access import Person, Role
from survey.evidence import check_file
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import Member, load_members
from survey.response import Answer, AnswerState, Document
from survey.response import ResponseState as R
from survey.review import Ruling, Verdict
from survey.rounds import Round, RoundState
from survey.store import Indicator, Sending, Store

SUBJECT, OTHER, THIRD = "son_la", "lai_chau", "cao_bang"
SUCCESSOR = "dien_bien"  # here it is said to have been formed from the subject
ASKED_FOR = (SUBJECT, OTHER)
ROUNDS = tuple(RoundState)  # there is one round in each state, called like it
BEGUN = (RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED)
PASSWORD = "một câu dễ nhớ lắm"
BY = "tests"
SENDING = Sending("Lò Văn Sơn", "Tôi xác nhận số liệu đúng.")
MORE = Ruling(Verdict.MORE, "no_document", "Đề nghị bổ sung quyết định phê duyệt.")
LAST_DAY = date(2100, 3, 31)
REFERENCE_DAYS = dict(zip(ROUNDS, (2025, 2024, 2023, 2022), strict=True))


@dataclass(frozen=True)
class Kind:
    """A kind of person, by hand.

    group: under which rules the person stands, "" outside. stands: by library, as what the person meets its
    response: entry, director, reviewer or chair; nobody where it is not said. named: for which library the chair
    named this person as reviewer. was: role and library before, where somebody knows the person from then.
    """

    login: str
    group: str
    role: Role
    library: str | None = None
    stands: Mapping[str, str] = field(default_factory=dict)
    named: str = ""
    was: tuple[Role, str | None] | None = None
    signs_in: bool = True


_EVERYWHERE = {SUBJECT: "chair", OTHER: "chair"}
KINDS = (
    Kind("entry", "library", Role.ENTRY, SUBJECT, {SUBJECT: "entry"}),
    Kind("director", "library", Role.DIRECTOR, SUBJECT, {SUBJECT: "director"}),
    Kind("entry of another library", "library", Role.ENTRY, OTHER, {OTHER: "entry"}),
    Kind("director of another library", "library", Role.DIRECTOR, OTHER, {OTHER: "director"}),
    Kind("entry of the successor", "library", Role.ENTRY, SUCCESSOR),
    Kind("director of the successor", "library", Role.DIRECTOR, SUCCESSOR),
    Kind("reviewer not named", "reviewer", Role.REVIEWER),
    Kind("reviewer", "reviewer", Role.REVIEWER, None, {SUBJECT: "reviewer"}, SUBJECT),
    Kind("reviewer of another library", "reviewer", Role.REVIEWER, None, {OTHER: "reviewer"}, OTHER),
    Kind("second reader", "library", Role.DIRECTOR, THIRD, {SUBJECT: "reviewer"}, SUBJECT),
    Kind("second reader for entry", "library", Role.ENTRY, THIRD, {SUBJECT: "reviewer"}, SUBJECT),
    Kind(
        "second reader who moved to the library", "library", Role.DIRECTOR, SUBJECT, {SUBJECT: "director"},
        SUBJECT, (Role.DIRECTOR, THIRD),
    ),
    Kind("chair", "chair", Role.CHAIR, None, _EVERYWHERE),
    Kind("official of all provinces", "official", Role.OFFICIAL),
    Kind("official of the province", "province", Role.OFFICIAL, SUBJECT),
    Kind("official of another province", "province", Role.OFFICIAL, OTHER),
    Kind("administrator", "administrator", Role.ADMINISTRATOR),
    Kind("former chair", "official", Role.OFFICIAL, was=(Role.CHAIR, None)),
    Kind("former reviewer", "administrator", Role.ADMINISTRATOR, None, {}, SUBJECT, (Role.REVIEWER, None)),
    Kind("disabled director", "", Role.DIRECTOR, SUBJECT, signs_in=False),
    Kind("disabled chair", "", Role.CHAIR, signs_in=False),
    Kind("nobody", "", Role.CHAIR, signs_in=False),
    Kind("signed-out chair", "", Role.CHAIR, signs_in=False),
)  # fmt: skip
NOBODY, SIGNED_OUT = "nobody", "signed-out chair"
DIRECTORS = {SUBJECT: "director", OTHER: "director of another library"}
# Named, or to be named, by the acts themselves.
NAMED, TO_NAME = "reviewer", "reviewer not named"


@dataclass(frozen=True)
class World:
    """A prepared database with all responses in one state.

    known: every person as somebody last knew them, who may have been disabled or changed since. tokens: of their
    sessions. files: by library, the evidence that its answer uses and the one that lies on its shelf.
    """

    file: Path
    state: R
    known: Mapping[str, Person]
    tokens: Mapping[str, str]
    files: Mapping[str, tuple[str, str]]

    @property
    def evidence(self) -> Path:
        return self.file.with_suffix("")


def prepare(folder: Path, state: R) -> World:
    """Make a world anew; whoever changes it works on a copy."""
    file = folder / f"{state}.db"
    store = Store.open(f"sqlite:///{file}", evidence=file.with_suffix(""))
    try:
        store.members.replace_all(_members(), BY)
        for number in ROUNDS:
            _add_round(store, number)
        known = {kind.login: _add(store, kind) for kind in KINDS}
        files = {library: _give_files(store, library) for library in (*ASKED_FOR, THIRD)}
        _name_reviewers(store, known)
        for round_ in BEGUN:
            for library in ASKED_FOR:
                _bring(store, known, round_, library, state, files[library][0])
            for step in BEGUN[1 : 1 + BEGUN.index(round_)]:
                store.rounds.change_state(round_, step, BY)
        _change(store, known)
        tokens = {login: store.sessions.start(person.id) for login, person in known.items()}
        _lock_out(store, known, tokens)
    finally:
        store.close()
    return World(file, state, known, tokens, files)


def _members() -> list[Member]:
    return [
        one.model_copy(update={"successor": SUCCESSOR}) if one.id == SUBJECT else one
        for one in load_members().members
    ]


def _add_round(store: Store, state: RoundState) -> None:
    framework = load_framework(DATA / "frameworks" / f"{FRAMEWORK}.yaml")
    store.rounds.add(
        Round(
            id=state,
            name=f"Đợt {state}",
            framework_id=framework.framework.id,
            framework_version=framework.framework.version,
            reference_date=date(REFERENCE_DAYS[state], 12, 31),
            opens_on=date(2026, 1, 1),
            closes_on=LAST_DAY,
        ),
        by=BY,
    )
    if state is not RoundState.DRAFT:
        store.rounds.change_state(
            state, RoundState.OPEN, BY, checksum=framework.checksum, framework_text=framework.text
        )


def _add(store: Store, kind: Kind) -> Person:
    role, library = kind.was or (kind.role, kind.library)
    return store.accounts.add(kind.login, kind.login.capitalize(), role, library, PASSWORD, BY)


def _give_files(store: Store, library: str) -> tuple[str, str]:
    made = (
        f"%PDF-1.7\n% {library} {place}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n".encode()
        for place in ("answer", "shelf")
    )
    used, kept = (store.evidence.keep(library, check_file("tep.pdf", one), BY).sha256 for one in made)
    return used, kept


def _name_reviewers(store: Store, known: Mapping[str, Person]) -> None:
    for kind in KINDS:
        for round_ in BEGUN:
            if kind.named:
                store.cycle.assign(round_, kind.named, known[kind.login].id, known["chair"])


def _bring(store: Store, known: Mapping[str, Person], round_: str, library: str, state: R, file: str) -> None:
    """Lead a response to its state on the way that people take; question A1 is asked for more."""
    director, chair = known[DIRECTORS[library]], known["chair"]
    answer = Answer(
        AnswerState.ANSWERED,
        numerator=350,
        denominator=700,
        evidence=(Document(file=file, file_name="tep.pdf"),),
    )
    for question in ("A1", "A2"):
        store.answers.save(round_, library, question, answer, opened_revision=0, by=director.login)
    if state is not R.DRAFT:
        store.cycle.submit(round_, library, director, SENDING)
    if state in (R.UNDER_REVIEW, R.RETURNED, R.ACCEPTED):
        store.cycle.decide(Indicator(round_, library, "A1", 1), MORE, chair)
    if state is R.RETURNED:
        store.cycle.return_(round_, library, chair, "Xem lại", everything=True)
    if state is R.ACCEPTED:
        store.cycle.accept(round_, library, chair)


def _change(store: Store, known: Mapping[str, Person]) -> None:
    for kind in KINDS:
        if kind.was:
            person = known[kind.login]
            store.accounts.change(
                person.id, name=person.name, role=kind.role, library_id=kind.library, email="", by=BY
            )


def _lock_out(store: Store, known: Mapping[str, Person], tokens: Mapping[str, str]) -> None:
    for kind in KINDS:
        if kind.login == SIGNED_OUT:
            store.sessions.end(tokens[kind.login])
        elif not kind.signs_in:
            store.accounts.set_active(known[kind.login].id, False, BY)
