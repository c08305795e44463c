"""(b1) The HTML that the real pages send for awkward texts: the text is there, and it is only text."""

from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser

from benchmarks.faults.real_server import RealServer
from benchmarks.faults.slots import Slot, as_kept
from benchmarks.faults.table import Row, exactly
from benchmarks.person import Person

CASE = "b1"
REVIEW_PAGE, DESK_PAGE, ACCOUNTS_PAGE = "xem-phieu", "tham-dinh", "tai-khoan"
# The reason was given to a check of the framework.
CONFIRMED = "Đã xác nhận (so với câu khác)"
BESIDE = ("Lý do", "Giải trình", CONFIRMED)
# All that our pages are made of. Nothing that runs, loads or leads to another place by itself.
ELEMENTS = frozenset(
    (
        "a",
        "br",
        "code",
        "dd",
        "caption",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "header",
        "li",
        "nav",
        "p",
    )
    + (
        "section",
        "small",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    )
)
BOTH_SIDES = 2  # what the reviewer wrote, and the reply
HANDLERS = "on"  # with which the names of what runs begin


class Shown(HTMLParser):
    """What a page shows: its texts between elements, and whatever element or attribute is none of ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.foreign: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end()
        if tag not in ELEMENTS:
            self.foreign.append(tag)
        for name, value in attrs:
            if name.startswith(HANDLERS) or (
                name == "href" and (value or "").startswith(("javascript", "data"))
            ):
                self.foreign.append(f"{tag} {name}")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._end()

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self.foreign.append(f"comment {data[:20]}")

    def handle_decl(self, decl: str) -> None:
        self.foreign.append(f"declaration {decl[:20]}")

    def unknown_decl(self, data: str) -> None:
        self.foreign.append(f"declaration {data[:20]}")

    def handle_pi(self, data: str) -> None:
        self.foreign.append(f"instruction {data[:20]}")

    def _end(self) -> None:
        self.texts.append(self._text)
        self._text = ""


def shown(html: str) -> Shown:
    parser = Shown()
    parser.feed(html)
    parser.close()
    return parser


async def rows(
    server: RealServer,
    chair: Mapping[str, str],
    administrator: Mapping[str, str],
    slots: Sequence[Slot],
    said: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
) -> list[Row]:
    """said: what stands in the thread of each response."""
    missing: list[str] = []
    foreign: list[str] = []
    pages = 0
    for (round_id, library), group in _by_page(slots).items():
        page = await _page(server, REVIEW_PAGE, f"dot={round_id}&thu-vien={library}", chair)
        pages += 1
        foreign += page.foreign
        missing += [repr(slot.text[:40]) for slot in group if not _stands(slot, page.texts)]
    for (round_id, library), text in said.items():
        page = await _page(server, DESK_PAGE, f"dot={round_id}&thu-vien={library}", chair)
        pages += 1
        foreign += page.foreign
        missing += [repr(text[:40])] * (page.texts.count(as_kept(text).strip()) < BOTH_SIDES)
    accounts = await _page(server, ACCOUNTS_PAGE, "", administrator)
    foreign += accounts.foreign
    missing += [repr(text[:40]) for text in names.values() if as_kept(text).strip() not in accounts.texts]
    return [
        exactly(
            CASE,
            f"shown on {pages + 1} real pages: texts that do not stand there, letter by letter",
            len(missing),
            0,
        ),
        exactly(CASE, "shown: elements or handlers that came out of a text", len(foreign), 0),
    ]


def _by_page(slots: Iterable[Slot]) -> dict[tuple[str, str], list[Slot]]:
    pages: dict[tuple[str, str], list[Slot]] = {}
    for slot in slots:
        pages.setdefault((slot.round_id, slot.library), []).append(slot)
    return pages


async def _page(server: RealServer, page: str, query: str, cookies: Mapping[str, str]) -> Shown:
    async with Person(server.port, page, query, cookies) as person:
        return shown((await person.open()).html)


def _stands(slot: Slot, texts: Sequence[str]) -> bool:
    """The answer with what was typed, and beside it reason, explanation, confirmation and document."""
    kept = slot.kept
    if not kept:
        return True
    beside = {f"{name}: {kept}" for name in BESIDE} | {" · ".join([kept] * 5)}
    return beside <= set(texts) and f"{kept}: {kept}" in texts
