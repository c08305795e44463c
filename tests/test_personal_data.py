"""A person's data: handed out whole, taken back everywhere, and the audit trail stays whole."""

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Clock
from sqlalchemy import select, update

from survey.__main__ import main
from survey.access import Person, Role
from survey.errors import SurveyError
from survey.response import Answer, AnswerState
from survey.review import Ruling, Verdict
from survey.rounds import Round
from survey.store import Indicator, Sending, Store
from survey.store.chain import ERASED
from survey.store.personal import BY_LOGIN, BY_NUMBER, KEPT_BACK
from survey.store.schema import audit, metadata
from survey.store.verifying import Tampering

PASSWORD = "mat-khau-thu-nghiem"
NAME, EMAIL = "Lò Thị Hoa", "hoa@thuvien.vn"

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def busy(store: Store, open_in: Callable[[Store], Round]) -> Store:
    """A store in which «hoa» did everything that leaves her login behind."""
    open_in(store)
    hoa = store.accounts.add("hoa", NAME, Role.DIRECTOR, "ca_mau", PASSWORD, by="quan.tri")
    chair = store.accounts.add("chu", "Chủ tịch", Role.CHAIR, None, PASSWORD, by="quan.tri")
    store.accounts.change(
        hoa.id, name=NAME, role=Role.DIRECTOR, library_id="ca_mau", email=EMAIL, by="quan.tri"
    )
    one = Answer(state=AnswerState.ANSWERED, value=7)
    store.answers.save("2026", "ca_mau", "A1", one, opened_revision=0, by="hoa")
    store.cycle.assign("2026", "an_giang", hoa.id, chair)
    store.sessions.start(hoa.id)
    store.invitations.invite("Người khác", "khac@thuvien.vn", Role.ENTRY, "ca_mau", "hoa")
    store.cycle.submit("2026", "ca_mau", hoa, Sending(NAME, "Tôi xác nhận", after=0))
    store.cycle.withdraw("2026", "ca_mau", hoa)
    store.cycle.submit("2026", "ca_mau", hoa, Sending(NAME, "Tôi xác nhận", after=1))
    store.cycle.decide(Indicator("2026", "ca_mau", "A1", 1, 0), _more(), chair)
    store.cycle.reply("2026", "ca_mau", "A1", "Đã nói rõ", hoa)
    store.cycle.grant_late("2026", "an_giang", date(2030, 1, 1), "Lũ lụt", chair)
    return store


def _more() -> Ruling:
    return Ruling(Verdict.MORE, "unclear", "Đề nghị nói rõ.")


def _everything(store: Store) -> str:
    """Every value of every table, in one text."""
    with store._database.reading() as connection:
        return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_every_column_that_names_somebody_is_known():
    """A new table with such a column has to be added to the list."""
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name == "by" or column.name.endswith("_by")
    }
    assert named == {(table.name, column.name) for table, column in BY_LOGIN}
    numbered = {table.name for table in metadata.sorted_tables if "person_id" in table.columns}
    assert numbered == {table.name for table in BY_NUMBER}


def test_what_is_kept_is_handed_out_without_secrets(busy: Store):
    found = busy.personal.export(" HOA ")
    assert found["account"]["name"] == NAME
    assert found["account"]["email"] == EMAIL
    assert [row["question_id"] for row in found["answer"]] == ["A1"]
    assert len(found["submission"]) == 2
    assert [row["words"] for row in found["post"]] == ["Đã nói rõ"]
    assert len(found["session"]) == len(found["assignment"]) == 1
    assert "response.receipt" in {row["action"] for row in found["audit"]}
    said = json.dumps(found)
    for secret in KEPT_BACK:
        assert f'"{secret}"' not in said


def test_a_removed_person_is_named_nowhere_and_the_trail_is_whole(busy: Store):
    answered, before = busy.answers.response("2026", "ca_mau"), busy.audit.verify().head.count
    pseudonym = busy.personal.erase("hoa", by="quan.tri")
    said = _everything(busy)
    for trace in (NAME, EMAIL, "'hoa'"):
        assert trace not in said
    assert pseudonym.startswith(ERASED)
    now = busy.answers.response("2026", "ca_mau")
    assert now.answers == answered.answers
    assert now.entry("A1").saved_by == pseudonym
    verdict = busy.audit.verify()
    assert verdict.faults == ()
    assert verdict.head.count == before + 1
    [entry] = busy.audit.newest(1)
    assert (entry.action, entry.by, entry.new) == ("account.erase", "quan.tri", {"pseudonym": pseudonym})


def test_a_removed_person_does_not_come_in_again(busy: Store, clock: Clock):
    token = busy.sessions.start(_person(busy, "hoa").id)
    busy.personal.erase("hoa", by="quan.tri")
    assert busy.sessions.person(token, clock()) is None
    with pytest.raises(SurveyError, match="Không có tài khoản"):
        busy.personal.erase("hoa", by="quan.tri")
    again = busy.accounts.add("hoa", "Người mới", Role.ENTRY, "ca_mau", PASSWORD, by="quan.tri")
    assert busy.personal.export("hoa")["account"]["id"] == again.id


def test_the_last_administrator_stays(store: Store):
    store.accounts.add("quan.tri", "Quản trị", Role.ADMINISTRATOR, None, PASSWORD, by="tests")
    with pytest.raises(SurveyError, match="người quản trị duy nhất"):
        store.personal.erase("quan.tri", by="tests")
    assert store.personal.export("quan.tri")["account"]["active"]


def test_a_name_that_was_put_in_place_by_hand_is_found(busy: Store):
    """Whoever hides behind a pseudonym that the trail did not give out is told by `verify`."""
    busy.personal.erase("hoa", by="quan.tri")
    with busy._database.writing() as connection:
        wanted = audit.c.by == "chu"
        connection.execute(update(audit).where(wanted).values(by=f"{ERASED}00000000", salt=""))
    faults = busy.audit.verify().faults
    assert faults
    assert {fault.kind for fault in faults} == {Tampering.CHANGED}


def test_the_commands_hand_out_and_remove(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file, out = tmp_path / "so.db", tmp_path / "hoa.json"
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    store = Store.open(f"sqlite:///{file}")
    store.accounts.add("hoa", NAME, Role.ENTRY, "ca_mau", PASSWORD, by="tests")
    store.close()
    assert main(["person", "export", "hoa", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["account"]["name"] == NAME
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert main(["person", "export", "hoa", "--out", str(out)]) == 1, "what is there is not overwritten"
    assert main(["person", "remove", "hoa"]) == 1
    assert "Thêm --yes" in capsys.readouterr().out
    assert main(["person", "remove", "hoa", "--yes"]) == 0
    assert "nhật ký nguyên vẹn" in capsys.readouterr().out
    assert main(["person", "export", "hoa"]) == 1
    assert "Không có tài khoản «hoa»" in capsys.readouterr().err


def _person(store: Store, login: str) -> Person:
    found = store.accounts.by_login(login)
    assert found is not None
    return found
