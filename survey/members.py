"""The members of the Federation, each with the time in which it exists and its tile on the map.

A member that was merged ends on a day and names its successor; the successor is a member of its own, so
figures from before and after a merger never share an id.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from survey.errors import DefinitionError
from survey.framework.definition import Definition
from survey.framework.loading import DATA, place
from survey.framework.yaml_file import read_file, read_yaml
from survey.text import Text

MEMBERS = DATA / "members.yaml"


class Tile(Definition):
    """A place on the tile-grid map; row 0 is the north, column 0 the west."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)


class Member(Definition):
    """A library of the Federation.

    short: the province's bare name. code: the letters on the tile. valid_from, valid_to: the first and the
    last day, None when open. successor: the id of the member that it was merged into. outside_parts: libraries
    merged into it that were no members, so that nothing is known of them.
    """

    id: str
    name: Text
    short: Text
    code: str = Field(pattern=r"^\p{L}{2,3}$")
    province: Text
    tile: Tile
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    outside_parts: tuple[Text, ...] = ()
    note: Text | None = None

    def valid_on(self, day: date) -> bool:
        """Tell whether the member exists on `day`; its first and last day belong to it."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Members(Definition):
    """Every member there is or was, in the order of the file."""

    federation: Text
    members: tuple[Member, ...] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    def valid_on(self, day: date) -> tuple[Member, ...]:
        """Return the members that exist on `day`."""
        return tuple(member for member in self.members if member.valid_on(day))

    def predecessors_of(self, member_id: str) -> tuple[Member, ...]:
        """Return the members that were merged into this one; none for a member that no merger made."""
        return tuple(member for member in self.members if member.successor == member_id)


def is_formed_from(members: Iterable[Member], library: str | None, former: str) -> bool:
    """Whether `library` came, by one merger or several, out of the former member `former`."""
    successor = {member.id: member.successor for member in members}
    met = {former}
    while (former := successor.get(former) or "") and former not in met:
        if former == library:
            return True
        met.add(former)
    return False


def load_members(path: Path = MEMBERS) -> Members:
    """Read and check the members.

    Raises:
        DefinitionError: every fault of the file, with its place by id.
    """
    content = read_yaml(read_file(path), name=path.name)
    members = _validated(content, name=path.name)
    faults = [*_duplicate_ids(members), *_times(members), *_collisions(members)]
    if faults:
        raise DefinitionError(path.name, faults)
    return members


def _validated(content: Any, *, name: str) -> Members:  # noqa: ANN401 - YAML holds anything until validated
    if not isinstance(content, dict):
        raise DefinitionError(name, ["the file holds no definition: a mapping of keys is expected"])
    try:
        return Members.model_validate(content)
    except ValidationError as error:
        faults = [
            f"{place(content, detail['loc'])}: {detail['msg']}"
            for detail in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise DefinitionError(name, faults) from error


def _duplicate_ids(members: Members) -> Iterator[str]:
    for name, times in Counter(member.id for member in members.members).items():
        if times > 1:
            yield f"members > {name}: the id stands {times} times; ids are unique"


def _times(members: Members) -> Iterator[str]:
    for member in members.members:
        where = f"members > {member.id}"
        if member.valid_from and member.valid_to and member.valid_to < member.valid_from:
            yield f"{where} > valid_to: {member.valid_to} is before valid_from ({member.valid_from})"
        if member.successor is None:
            continue
        successor = members.by_id.get(member.successor)
        if successor is None:
            yield f"{where} > successor: '{member.successor}' is no member of this file"
        elif (successor.valid_from or date.min) <= (member.valid_to or date.max):
            yield (
                f"{where} > successor: '{member.successor}' begins before {member.id} has ended, "
                "so the same library would count twice"
            )


def _collisions(members: Members) -> Iterator[str]:
    """Two members at the same time never share a tile or a code."""
    for one, other in combinations(members.members, 2):
        if not _meet(one, other):
            continue
        if one.tile == other.tile:
            yield (
                f"members > {other.id} > tile: row {other.tile.row}, column {other.tile.column} "
                f"already belongs to {one.id} at that time"
            )
        if one.code == other.code:
            yield f"members > {other.id} > code: '{other.code}' already belongs to {one.id} at that time"


def _meet(one: Member, other: Member) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last
