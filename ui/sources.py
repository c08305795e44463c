"""From a number on a page to where its target comes from: the register's entry."""

from urllib.parse import urlencode

from survey.access import Page
from survey.framework import Framework
from ui import markup

ONE, DIMENSION = "chi-so", "tru-cot"  # parameters of the register's address


def register_address(named: str = "", *, dimension: str = "") -> str:
    """Where the targets of one indicator or one target of the programme stand; without a name, all of them."""
    wished = {key: value for key, value in ((ONE, named), (DIMENSION, dimension)) if value}
    return f"/{Page.TARGETS}" + (f"?{urlencode(wished)}" if wished else "")


def code(named: str) -> str:
    """The id of an indicator or of a target as a quiet link to its entry."""
    return markup.link(named, register_address(named), style="code")


def dimension_code(named: str) -> str:
    """The id of a dimension as a quiet link to its indicators' targets, which make its line."""
    return markup.link(named, register_address(dimension=named), style="code")


def linked(cell: str, framework: Framework) -> str:
    """A cell of a table; the id that it begins with leads to the register, every other word stays text."""
    first, *rest = cell.split(" ", 1)
    after = markup.text(f" {rest[0]}") if rest else ""
    if first in framework.indicators or first in {one.id for one in framework.programme_targets}:
        return code(first) + after
    if after.startswith(" · ") and first in {one.id for one in framework.dimensions}:
        return dimension_code(first) + after
    return markup.text(cell)
