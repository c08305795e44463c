"""The members: 13 provinces before 1 July 2025, ten after; and broken member files."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from survey.errors import DefinitionError
from survey.members import MEMBERS, Member, Members, is_formed_from, load_members

REAL = load_members()
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
MERGED = {
    "Tuyên Quang": {"Hà Giang", "Tuyên Quang"},
    "Lào Cai": {"Yên Bái", "Lào Cai"},
    "Thái Nguyên": {"Bắc Kạn", "Thái Nguyên"},
    "Phú Thọ": {"Hòa Bình"},
    "Bắc Ninh": {"Bắc Giang"},
}
UNCHANGED = {"Sơn La", "Lai Châu", "Điện Biên", "Cao Bằng", "Lạng Sơn"}


def names(members: tuple[Member, ...]) -> set[str]:
    return {member.short.vi for member in members}


def test_thirteen_libraries_are_members_before_the_merger():
    before = UNCHANGED.union(*MERGED.values())
    assert len(before) == 13
    for day in (date(2021, 2, 11), date(2023, 12, 31), BEFORE):
        assert names(REAL.valid_on(day)) == before
        assert len(REAL.valid_on(day)) == 13


def test_ten_libraries_are_members_after_the_merger():
    for day in (AFTER, date(2026, 11, 23), date(2031, 1, 1)):
        assert names(REAL.valid_on(day)) == UNCHANGED | set(MERGED)
        assert len(REAL.valid_on(day)) == 10


def test_a_merged_library_names_what_it_was_made_of():
    for member in REAL.valid_on(AFTER):
        assert names(REAL.predecessors_of(member.id)) == MERGED.get(member.short.vi, set())
        assert (member.valid_from == AFTER) == (member.short.vi in MERGED)


def test_a_library_is_formed_from_those_that_were_merged_into_it_and_from_no_others():
    members = load_members().members
    assert is_formed_from(members, "thai_nguyen_2025", "bac_kan")
    assert is_formed_from(members, "thai_nguyen_2025", "thai_nguyen")
    for library, former in (
        ("lao_cai_2025", "bac_kan"),
        ("bac_kan", "thai_nguyen_2025"),
        ("bac_kan", "bac_kan"),
    ):
        assert not is_formed_from(members, library, former)
    for library in (None, "", "nowhere"):
        assert not is_formed_from(members, library, "bac_kan")
    assert not is_formed_from(members, "thai_nguyen_2025", "nowhere")


def test_a_library_that_was_merged_twice_comes_from_the_first_ones_too():
    second = [
        one.model_copy(update={"successor": "later"}) if one.id == "thai_nguyen_2025" else one
        for one in load_members().members
    ]
    assert is_formed_from(second, "later", "bac_kan")
    in_a_ring = [
        one.model_copy(update={"successor": "bac_kan"}) if one.id == "thai_nguyen_2025" else one
        for one in second
    ]
    assert not is_formed_from(in_a_ring, "later", "bac_kan")


def test_a_library_before_and_after_a_merger_never_shares_an_id():
    ended = {member.id for member in REAL.members if member.valid_to}
    begun = {member.id for member in REAL.members if member.valid_from}
    assert len(REAL.by_id) == len(REAL.members) == 18
    assert not ended & begun
    assert all(
        REAL.by_id[member.successor].valid_from == AFTER for member in REAL.members if member.successor
    )
    assert all(member.successor for member in REAL.members if member.valid_to)


def test_the_first_and_the_last_day_belong_to_a_member():
    member = REAL.by_id["ha_giang"]
    assert member.valid_on(BEFORE)
    assert not member.valid_on(AFTER)
    successor = REAL.by_id[member.successor]
    assert not successor.valid_on(BEFORE)
    assert successor.valid_on(AFTER)


def test_tiles_and_codes_are_each_libraries_own_at_any_time():
    for day in (BEFORE, AFTER):
        members = REAL.valid_on(day)
        assert len({(member.tile.row, member.tile.column) for member in members}) == len(members)
        assert len({member.code for member in members}) == len(members)


def test_the_order_of_the_file_is_kept():
    assert tuple(REAL.by_id.values()) == REAL.members
    valid = REAL.valid_on(BEFORE)
    assert list(valid) == [member for member in REAL.members if member in valid]


TWO = """
federation: {vi: Liên hiệp, en: Federation}
members:
  - id: old
    name: {vi: Thư viện tỉnh A, en: A Library}
    short: {vi: A, en: A}
    code: AA
    province: {vi: Tỉnh A, en: A Province}
    tile: {row: 0, column: 0}
    valid_to: 2025-06-30
    successor: new
  - id: new
    name: {vi: Thư viện tỉnh B, en: B Library}
    short: {vi: B, en: B}
    code: BB
    province: {vi: Tỉnh B, en: B Province}
    tile: {row: 1, column: 0}
    valid_from: 2025-07-01
"""
BROKEN = {
    "an id twice": ("  - id: new", "  - id: old", "members > old: the id stands 2 times; ids are unique"),
    "an unknown successor": (
        "successor: new",
        "successor: nobody",
        "members > old > successor: 'nobody' is no member",
    ),
    "a successor that begins too early": (
        "valid_from: 2025-07-01",
        "valid_from: 2025-06-30",
        "members > old > successor: 'new' begins before old has ended",
    ),
    "a successor that was always there": (
        "    valid_from: 2025-07-01\n",
        "",
        "members > old > successor: 'new' begins before old has ended",
    ),
    "a member that never ends but has a successor": (
        "    valid_to: 2025-06-30\n",
        "",
        "members > old > successor: 'new' begins before old has ended",
    ),
    "an end before the beginning": (
        "    valid_to: 2025-06-30\n",
        "    valid_from: 2025-07-01\n    valid_to: 2025-06-30\n",
        "members > old > valid_to: 2025-06-30 is before valid_from (2025-07-01)",
    ),
    "a code of one letter": ("code: AA", "code: A", "members > old > code: String should match pattern"),
    "a code with a digit": ("code: AA", "code: A1", "members > old > code: String should match pattern"),
    "a negative tile": ("tile: {row: 0", "tile: {row: -1", "members > old > tile > row: "),
    "a missing language": (
        "short: {vi: A, en: A}",
        "short: {vi: A}",
        "members > old > short > en: Field required",
    ),
    "an unknown key": (
        "code: AA",
        "code: AA\n    colour: red",
        "members > old > colour: Extra inputs are not permitted",
    ),
    "a bad date": ("2025-06-30", "2025-06-31", "members > old > valid_to: Input should be a valid date"),
    "a key twice": ("code: AA", "code: AA\n    code: AB", "key 'code' was already given on line "),
}


def faults(folder: Path, text: str) -> tuple[str, ...]:
    file = folder / "members.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_members(file)
    return error.value.faults


def test_two_sound_members_load(tmp_path: Path):
    file = tmp_path / "members.yaml"
    file.write_text(TWO, encoding="utf-8")
    assert isinstance(load_members(file), Members)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_member_file_is_refused_with_its_place(name: str, tmp_path: Path):
    old, new, words = BROKEN[name]
    assert old in TWO
    assert any(words in fault for fault in faults(tmp_path, TWO.replace(old, new, 1)))


def test_two_members_at_the_same_time_never_share_a_tile_or_a_code(tmp_path: Path):
    together = TWO.replace("    valid_to: 2025-06-30\n    successor: new\n", "").replace(
        "    valid_from: 2025-07-01\n", ""
    )
    same = together.replace("row: 1", "row: 0").replace("code: BB", "code: AA")
    assert faults(tmp_path, same) == (
        "members > new > tile: row 0, column 0 already belongs to old at that time",
        "members > new > code: 'AA' already belongs to old at that time",
    )
    after = TWO.replace("row: 1", "row: 0").replace("code: BB", "code: AA")
    (tmp_path / "members.yaml").write_text(after, encoding="utf-8")
    assert len(load_members(tmp_path / "members.yaml").valid_on(AFTER)) == 1


@pytest.mark.parametrize("text", ["", "- id: a\n", "federation: {vi: a, en: b}\nmembers: []\n"])
def test_a_file_without_members_is_refused(tmp_path: Path, text: str):
    assert faults(tmp_path, text)


def test_the_projects_own_file_is_the_one_that_is_read():
    assert MEMBERS.name == "members.yaml"
    assert REAL.federation.vi == "Liên hiệp Thư viện các tỉnh miền núi phía Bắc"
    assert REAL.valid_on(BEFORE + timedelta(days=1)) == REAL.valid_on(AFTER)
