"""Everything that can be asked for at the server's own addresses, by every kind of person."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.faults import access_rules as rules
from benchmarks.faults.access_browser import Browser
from benchmarks.faults.access_count import Count, changed
from benchmarks.faults.access_people import ASKED_FOR, KINDS, OTHER, ROUNDS, SUBJECT, Kind, World
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.rounds import RoundState

GIVEN = 200
OWN_ACCOUNT = ("/tai-khoan-cua-toi", "/doi-mat-khau", "/xac-thuc-hai-lop", "/dang-xuat", "/phien")
FOR_ANYBODY = ("/healthz", "/ngon-ngu")
ONLY_WITH_A_LINK = ("/thiet-lap?ma=x", "/loi-moi?ma=x", "/dat-lai-mat-khau?ma=x", "/dang-nhap/ma")
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/khong-co", "/tai/", "/tep/")
FRAMEWORK = load_framework(DATA / "frameworks" / "qd206.yaml")
NAMES = {member.id: member.short.vi for member in load_members().members}


@dataclass(frozen=True)
class Thing:
    """Something to ask for.

    has: what stands in it when it was given. names: the libraries that whoever gets it may read of; None for all
    of them. alike: whoever may not have it is told the same as of what is not there.
    """

    path: str
    may: rules.Rule
    names: Callable[[Kind], rules.Names] = rules.all_names
    has: bytes = b""
    alike: bool = True


@dataclass(frozen=True)
class Wanted:
    """Which things to ask for; all of them, or a few for a look between."""

    pictures: tuple[str, ...] = tuple(rules.PICTURES)
    rounds: tuple[RoundState, ...] = ROUNDS
    workbooks: tuple[str, ...] = ("xlsx", "csv")
    libraries: tuple[str, ...] = ASKED_FOR


def try_routes(
    world: World,
    browser: Browser,
    count: Count,
    wanted: Wanted,
    *,
    doors: bool,
    kinds: Sequence[Kind] = KINDS,
) -> None:
    """Let everybody ask for everything; without `doors` only for what depends on a response's state.

    The first look at a closed round keeps its study of ranks, which is no one's answer; that look is taken here.
    """
    browser.become(next(kind for kind in KINDS if kind.login == "chair"))
    for round_ in wanted.rounds:
        browser.get(f"/tai/{round_}.xlsx")
    things = [*_evidence(world, wanted), *(_whatever_the_state(wanted) if doors else ())]
    for kind in kinds:
        browser.become(kind)
        for thing in things:
            _ask(browser, kind, thing, count)


def asked_for(world: World, wanted: Wanted) -> list[str]:
    """Every address that `try_routes` asks for."""
    return [thing.path for thing in (*_evidence(world, wanted), *_whatever_the_state(wanted))]


def _whatever_the_state(wanted: Wanted) -> Iterator[Thing]:
    yield from _files(wanted)
    yield from _pictures(wanted)
    yield from _doors()


def _ask(browser: Browser, kind: Kind, thing: Thing, count: Count) -> None:
    what = f"{kind.login}: {thing.path}, {browser.world.state}"
    before = browser.copy.rows()
    answer = browser.get(thing.path)
    expected = thing.may(kind)
    given = answer.status_code == GIVEN and thing.has in answer.content
    count.take(f"{what}, {answer.status_code}", expected=expected, happened=given)
    if not expected and not given and thing.alike and not browser.tells_nothing(kind, answer):
        count.leaks.append(f"{what}: answered {answer.status_code}, unlike what is not there")
    if given and (told := names_told(answer.text, thing.names(kind))):
        count.leaks.append(f"{what} names {told}")
    if changed(before, browser.copy.rows()):
        count.leaks.append(f"{what}: looking changed something")


def names_told(words: str, allowed: rules.Names) -> str:
    """Libraries of which something stands in `words` although it may not."""
    if allowed is None:
        return ""
    others = [name for name in NAMES if name not in allowed]
    return ", ".join(name for name in others if f'"{name}"' in words or NAMES[name] in words)


def _files(wanted: Wanted) -> Iterator[Thing]:
    for round_ in wanted.rounds:
        for ending in wanted.workbooks:
            yield Thing(f"/tai/{round_}.{ending}", partial(rules.in_rounds, rules.FILES, round_))


def _pictures(wanted: Wanted) -> Iterator[Thing]:
    for round_ in wanted.rounds:
        for library in wanted.libraries:
            address = f"dot={round_}&thu-vien={library}&chon={SUBJECT},{OTHER}"
            for name in wanted.pictures:
                may = partial(rules.in_rounds, rules.PICTURES[name], round_)
                yield Thing(f"/anh/{name}.png?{address}", may, partial(rules.names_in, round_))
            for name in rules.OF_ONE_LIBRARY:
                may = partial(rules.reads, library, round_)
                yield Thing(f"/anh/{name}.png?{address}", may, partial(rules.name_of, library))


def _evidence(world: World, wanted: Wanted) -> Iterator[Thing]:
    for round_ in wanted.rounds:
        for library in wanted.libraries:
            used, kept = world.files[library]
            foreign = world.files[OTHER if library == SUBJECT else SUBJECT][0]
            place = f"/tep/{round_}/{library}"
            may = partial(rules.has_evidence, library, round_, world.state)
            yield Thing(f"{place}/{used}", may, has=f"% {library} answer".encode())
            yield Thing(
                f"{place}/{kept}", partial(rules.works_at, library), has=f"% {library} shelf".encode()
            )
            yield Thing(f"{place}/{foreign}", rules.nobody)


def _doors() -> Iterator[Thing]:
    """Pages by their addresses, and what belongs to an account."""
    for page in rules.EVERY_PAGE:
        path = "/" if page == "trang-chu" else f"/{page}"
        yield Thing(f"{path}?dot=open&thu-vien={OTHER}", partial(rules.opens, page), rules.no_names)
    for path in OWN_ACCOUNT:
        yield Thing(path, rules.is_inside, rules.no_names, alike=path != "/phien")
    for path in FOR_ANYBODY:
        yield Thing(path, rules.everybody, rules.no_names)
    yield Thing("/dang-nhap", rules.is_outside, rules.no_names, alike=False)
    for path in ONLY_WITH_A_LINK:
        yield Thing(path, rules.nobody, alike=False)
    for path in CLOSED:
        yield Thing(path, rules.nobody, alike="_stcore" not in path)
    yield Thing("/tai-len?cau=A2", rules.gives_files, rules.no_names)
    # The text of the method that the rounds were opened with; it cites papers of provinces.
    yield Thing(f"/bo-chi-so/{FRAMEWORK.checksum}.yaml", rules.is_inside, has=b"id: qd206")
    yield Thing(f"/bo-chi-so/{'0' * 64}.yaml", rules.nobody)
