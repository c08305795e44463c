"""What roles are called is data; what they may do is not."""

from pathlib import Path

import pytest

from survey.access import Person, Role, may_answer, may_submit
from survey.errors import DefinitionError
from survey.roles import load_role_names, role_names


def test_every_role_has_a_name_in_both_languages():
    assert set(role_names()) == set(Role)


def test_a_role_without_a_name_is_named(tmp_path: Path):
    file = tmp_path / "roles.yaml"
    file.write_text("entry:\n  vi: Người nhập\n  en: Entry\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_role_names(file)
    assert "'director' has no name" in str(caught.value)


def test_a_role_that_there_is_not_is_refused_with_its_place(tmp_path: Path):
    file = tmp_path / "roles.yaml"
    file.write_text("librarian:\n  vi: Thủ thư\n  en: Librarian\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_role_names(file)
    assert "librarian" in str(caught.value)


@pytest.mark.parametrize("role", Role)
def test_both_people_of_a_library_answer_and_only_its_director_sends(role: Role):
    person = Person(1, "lan", "Lan", role, "son_la")
    assert may_answer(person, "son_la") is (role in (Role.ENTRY, Role.DIRECTOR))
    assert may_submit(person, "son_la") is (role is Role.DIRECTOR)
    assert not may_answer(person, "lai_chau")
    assert not may_submit(person, "lai_chau")
