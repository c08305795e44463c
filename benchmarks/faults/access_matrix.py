"""(b8) The access matrix: who gets what and who may do what, against a table that was written by hand."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.access_acts import try_acts
from benchmarks.faults.access_browser import browser_on
from benchmarks.faults.access_count import Count
from benchmarks.faults.access_forms import try_forms, try_uploads
from benchmarks.faults.access_people import World, prepare
from benchmarks.faults.access_routes import Wanted, try_routes
from benchmarks.faults.table import NotRun, Row, exactly
from survey.response import ResponseState
from survey.rounds import RoundState

CASE = "b8"
LEAST = 2_000
SHOWN = 3
EVERYTHING = Wanted()
FEW = Wanted(
    pictures=("ma-tran", "diem-theo-tru-cot"),
    rounds=(RoundState.OPEN, RoundState.PUBLISHED),
    workbooks=("csv",),
)
# Downloads, pictures and pages by address ask for the state of the round, not for that of a response.
DOORS_AT = ResponseState.SUBMITTED


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - nothing is left to chance
    acts, routes = matrix(FEW if quick else EVERYTHING)
    cells = acts.cells + routes.cells
    leaks, refused = [*acts.leaks, *routes.leaks], [*acts.refused, *routes.refused]
    return [
        Row(
            CASE,
            f"cells tried: {acts.cells:,} acts of the review cycle, {routes.cells:,} addresses and forms",
            cells,
            least=LEAST,
        ),
        exactly(CASE, f"leaks{_some(leaks)}", len(leaks), 0),
        exactly(CASE, f"wrongly refused{_some(refused)}", len(refused), 0),
    ]


def matrix(wanted: Wanted, states: Sequence[ResponseState] = tuple(ResponseState)) -> tuple[Count, Count]:
    """What was found of acts, and of addresses and forms."""
    acts, routes = Count(), Count()
    with TemporaryDirectory() as name:
        for state in states:
            folder = Path(name) / state
            folder.mkdir()
            world = prepare(folder, state)
            try_acts(world, folder, acts)
            _try_addresses(world, folder, routes, wanted)
    return acts, routes


def _try_addresses(world: World, folder: Path, count: Count, wanted: Wanted) -> None:
    with browser_on(world, folder) as browser:
        doors = world.state is DOORS_AT
        try_routes(world, browser, count, wanted, doors=doors)
        if doors:
            try_forms(browser, count)
        try_uploads(browser, count)


def _some(found: list[str]) -> str:
    return f": {'; '.join(found[:SHOWN])}" if found else ""
