"""Small pieces of HTML; every word that comes from people or files is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape
from re import sub

Cell = str
SHORT = 26  # signs of a cell that has room beside another one on a telephone


def text(words: object) -> str:
    return escape(str(words), quote=True)


def badge(words: str, tone: str = "plain", *, mark: str = "") -> str:
    """A short state; the mark in front says the same as the colour."""
    sign = f"<span class='mark' aria-hidden='true'>{text(mark)}</span>" if mark else ""
    return f"<span class='badge {tone}'>{sign}{text(words)}</span>"


def link(words: str, address: str, *, style: str = "") -> str:
    return f"<a href='{text(address)}' target='_self' class='{style}'>{text(words)}</a>"


def paragraph(words: str, style: str = "") -> str:
    return f"<p class='{style}'>{text(words)}</p>"


def fold(summary: str, body: str, style: str = "") -> str:
    """A part that opens without asking the server; `body` is HTML."""
    return f"<details class='fold {style}'><summary>{text(summary)}</summary><div>{body}</div></details>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A definition list; the second of each pair is HTML."""
    rows = "".join(f"<dt>{text(name)}</dt><dd>{value}</dd>" for name, value in pairs)
    return f"<dl class='facts'>{rows}</dl>"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    caption: str = "",
    numeric: Sequence[int] = (),
    style: str = "cards",
) -> str:
    """A table whose cells are HTML; the columns in `numeric` are set to the right.

    style: "cards" turns each row into a card on a telephone, its first cell the heading, short cells
    beside one another; "wide" scrolls instead, with its head and first column staying in sight.
    """
    said = f"<caption>{text(caption)}</caption>" if caption else ""
    heads = "".join(
        f"<th scope='col' class='{'number' if column in numeric else ''}'>{text(name)}</th>"
        for column, name in enumerate(head)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td class='{_cell_style(column, cell, numeric)}' data-head='{text(head[column])}'><div>{cell}</div></td>"
            for column, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<div class='table-scroll' tabindex='0'><table class='sheet {style}'>{said}"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell_style(column: int, cell: Cell, numeric: Sequence[int]) -> str:
    if column in numeric:
        return "number"
    return "long" if len(sub(r"<[^>]+>", "", cell)) > SHORT else ""


def heading(title: str, beside: str = "") -> str:
    """The title of a part of a page, with a rule above and a few quiet words beside it."""
    remark = f"<span class='counted'>{text(beside)}</span>" if beside else ""
    return f"<div class='chart-head'><h2>{text(title)}</h2>{remark}</div>"


def sentences(said: Iterable[str]) -> str:
    return "<ul class='sentences'>" + "".join(f"<li>{text(line)}</li>" for line in said) + "</ul>"


def meter(share: float, words: str, *, style: str = "") -> str:
    """A bar for a share from 0 to 1 with its words beside it."""
    width = max(0.0, min(1.0, share)) * 100
    return (
        f"<div class='meter {style}' role='img' aria-label='{text(words)}'>"
        f"<div class='meter-track'><div class='meter-fill' style='width:{width:.1f}%'></div></div>"
        f"<span class='meter-words'>{text(words)}</span></div>"
    )


def place_strip(low: int, high: int, middle: int, of: int, words: str) -> str:
    """Places 1 to `of` from left to right: a band from `low` to `high`, a dot at the middle one, words beside it."""
    step = 100 / of
    return (
        f"<div class='place-strip' role='img' aria-label='{text(words)}'><div class='place-track'>"
        f"<div class='place-band' style='left:{(low - 1) * step:.2f}%;width:{(high - low + 1) * step:.2f}%'></div>"
        f"<div class='place-dot' style='left:{(middle - 0.5) * step:.2f}%'></div></div>"
        f"<span class='place-words'>{text(words)}</span></div>"
    )


def step_strip(start: float, end: float, bounds: tuple[float, float], words: str, *, style: str = "") -> str:
    """A step of a way from `start` to `end`, drawn to the scale of `bounds`, with its words beside it."""
    low, width = bounds[0], bounds[1] - bounds[0]
    left, size = (min(start, end) - low) / width, abs(end - start) / width
    return (
        f"<div class='place-strip step-strip' role='img' aria-label='{text(words)}'><div class='place-track'>"
        f"<div class='step {style}' style='left:{100 * left:.2f}%;width:{100 * size:.2f}%'></div></div>"
        f"<span class='step-words'>{text(words)}</span></div>"
    )


def figure_tile(label: str, value: str, below: str = "", *, style: str = "") -> str:
    """One number that matters, with its name above and a remark below; `below` is HTML."""
    return (
        f"<div class='tile {style}'><div class='tile-label'>{text(label)}</div>"
        f"<div class='tile-value'>{text(value)}</div><div class='tile-below'>{below}</div></div>"
    )


def tiles(entries: Iterable[str]) -> str:
    return f"<div class='tiles'>{''.join(entries)}</div>"


def notice(body: str, tone: str = "plain") -> str:
    """A calm box; `body` is HTML."""
    role = "alert" if tone == "bad" else "note"
    return f"<div class='notice {tone}' role='{role}'>{body}</div>"


def lines(said: Iterable[str]) -> str:
    """Steps of a calculation, one under the other."""
    return "<div class='formula'>" + "".join(paragraph(line) for line in said) + "</div>"
