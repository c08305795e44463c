"""The one table: each row a ratio of two things measured side by side in the same run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = ("case", "measured", "with", "compared with", "ratio", "aim", "met")


@dataclass(frozen=True)
class Aim:
    """What a ratio should be: `most` at most, or `least` at least."""

    most: float | None = None
    least: float | None = None

    def met_by(self, ratio: float) -> bool:
        return (self.most is None or ratio <= self.most) and (self.least is None or ratio >= self.least)

    def __str__(self) -> str:
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


@dataclass(frozen=True)
class Row:
    """One ratio. Without an aim it is there to be read beside the others."""

    case: str
    measured: str
    value: str
    other: str
    ratio: float
    aim: Aim | None = None

    def cells(self) -> tuple[str, ...]:
        aim = "" if self.aim is None else str(self.aim)
        met = "" if self.aim is None else ("yes" if self.aim.met_by(self.ratio) else "NO")
        return (self.case, self.measured, self.value, self.other, f"{self.ratio:.2f}", aim, met)


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"


def kilobytes(count: float) -> str:
    return f"{count / 1000:.1f} KB" if count < 100_000 else f"{count / 1000:.0f} KB"


def markdown(rows: Iterable[Row]) -> str:
    """The table as text that is also Markdown, so that it can be copied into README.md."""
    return drawn([HEAD, *(row.cells() for row in rows)])


def drawn(lines: Sequence[Sequence[str]]) -> str:
    """Lines of cells, the first one the head, as a Markdown table with straight columns."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    table = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    table.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(table)
