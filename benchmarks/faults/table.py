"""The one table of faults: each row a figure with its aim, and whether it was met."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.table import drawn

HEAD = ("case", "what was done", "figure", "aim", "met")


@dataclass(frozen=True)
class Row:
    """One figure. Without an aim it is there to be read beside the others."""

    case: str
    done: str
    figure: int
    least: int | None = None
    most: int | None = None
    unit: str = ""

    @property
    def met(self) -> bool:
        return (self.least is None or self.figure >= self.least) and (
            self.most is None or self.figure <= self.most
        )

    @property
    def has_aim(self) -> bool:
        return self.least is not None or self.most is not None

    def cells(self) -> tuple[str, ...]:
        aims = []
        if self.most == self.least is not None:
            aims.append(f"{self.most:,}")
        elif self.has_aim:
            aims.append(f"at least {self.least:,}" if self.least is not None else f"at most {self.most:,}")
        met = ("yes" if self.met else "NO") if self.has_aim else ""
        return (self.case, self.done, f"{self.figure:,}{self.unit}", *(aims or [""]), met)


@dataclass(frozen=True)
class NotRun:
    """A case that this machine cannot try, and why; never counted as met."""

    case: str
    done: str
    reason: str
    met: bool = field(default=False, init=False)

    def cells(self) -> tuple[str, ...]:
        return (self.case, self.done, "not run", self.reason, "")


def exactly(case: str, done: str, figure: int, aim: int) -> Row:
    return Row(case, done, figure, least=aim, most=aim)


def markdown(rows: Iterable[Row | NotRun]) -> str:
    return drawn([HEAD, *(row.cells() for row in rows)])
