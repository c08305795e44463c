"""The characters of the sample: how large each library is and how far on it stands."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from survey.framework.definition import Definition
from survey.framework.yaml_file import read_file, read_yaml

PROFILES = Path(__file__).with_name("profiles.yaml")
Times = tuple[float, float, float, float]
Counts = tuple[int, int, int, int]


class Sizes(Definition):
    """How large a library is at the end of 2023; the columns are explained in the file."""

    rooms: int
    network: int
    copies: int
    added: int
    titles: float
    digital: int
    pages: int
    scanned: int
    received: int
    rare: int
    local: int
    spending: int
    cards: int
    visits: int
    web: int


class Facts(Definition):
    """What is there or not, at the four times; `connected` and the like: the first time of a yes."""

    staff: Counts
    plan: Counts
    it: Counts
    links: Counts
    software: tuple[str, ...]
    connected: int | None = None
    open_data: int | None = None
    recognised: int | None = None


class Profile(Definition):
    """One library, or one part of a library merged later."""

    id: str
    sizes: Sizes
    maturity: dict[str, Times]
    facts: Facts


class Merger(Definition):
    """A merged library: its parts, the leading one first, and what differs from their sum.

    pages: share of the parts' digitised pages that was counted again.
    """

    parts: tuple[str, ...] = Field(min_length=2)
    pages: float = 1.0
    plan: int
    links: int


class Profiles(Definition):
    """Every character by id."""

    libraries: dict[str, Profile]
    merged: dict[str, Merger]


@cache
def load_profiles() -> Profiles:
    """Read the characters."""
    content: Any = read_yaml(read_file(PROFILES), name=PROFILES.name)
    columns = content["columns"]
    libraries = {
        name: {
            "id": name,
            "sizes": dict(zip(columns, row, strict=True)),
            "maturity": content["maturity"][name],
            "facts": content["facts"][name],
        }
        for name, row in content["sizes"].items()
    }
    return Profiles.model_validate({"libraries": libraries, "merged": content["merged"]})
