"""Who is reminded of what on which day, in which words, and each of them once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from test_mail import Inbox, free_port

from survey import remind
from survey.__main__ import main
from survey.mail import MailServer
from survey.members import load_members
from survey.reminder_letters import letter_of
from survey.reminders import Kind, Recipient, Reminder, Standing, due_reminders, kind_due, without_recipient
from survey.response import Response, ResponseState
from survey.rounds import Round, RoundState
from survey.store import Store
from survey.text import Text

CLOSES = date(2026, 3, 31)
OPEN = Round(
    "2026", "Đợt đánh giá năm 2026", "trial", 1, date(2025, 12, 31), date(2026, 3, 1), CLOSES, RoundState.OPEN
)
SEEN = datetime(2026, 3, 20, 8, 4, tzinfo=UTC)
HUONG = Recipient("Nguyễn Thị Hương", "huong@dienbien.example", "vi", "entry", "dien_bien")
MINH = Recipient("Trần Văn Minh", "minh@dienbien.example", "en", "director", "dien_bien")
LAN = Recipient("Lò Thị Lan", "lan@sonla.example", "vi", "library", "son_la")
CHAIR = Recipient("Đỗ Quang Hải", "hai@lienhiep.example", "vi", "chair")
OTHERS = (
    Recipient("Cán bộ", "canbo@so.example", "vi", "official", "dien_bien"),
    Recipient("Quản trị", "quantri@lienhiep.example", "vi", "administrator"),
    Recipient("Thẩm định", "td@lienhiep.example", "vi", "reviewer", "dien_bien"),
)
PEOPLE = (HUONG, MINH, LAN, CHAIR, *OTHERS)
NAMES = {
    "dien_bien": Text(vi="Thư viện tỉnh Điện Biên", en="Điện Biên Provincial Library"),
    "son_la": Text(vi="Thư viện tỉnh Sơn La", en="Sơn La Provincial Library"),
}
FEDERATION = Text(vi="Liên hiệp Thư viện", en="Federation of libraries")


def response(
    library: str, state: ResponseState = ResponseState.DRAFT, seen: datetime | None = SEEN
) -> Response:
    return Response("2026", library, state, last_activity=seen)


def standing(**responses: Response | None) -> Standing:
    return Standing(OPEN, responses or {"dien_bien": response("dien_bien"), "son_la": None})


def day(left: int) -> date:
    return CLOSES - timedelta(days=left)


def readers(due: tuple[Reminder, ...]) -> list[str]:
    return [reminder.recipient.name for reminder in due]


class TestDue:
    @pytest.mark.parametrize(
        ("left", "kind"),
        [(60, None), (8, None), (7, Kind.WEEK), (6, Kind.WEEK), (2, Kind.WEEK), (1, Kind.DAY), (0, Kind.DAY),
         (-1, Kind.OVERDUE), (-400, Kind.OVERDUE)],
    )  # fmt: skip
    def test_a_week_before_a_day_before_and_after(self, left: int, kind: Kind | None):
        assert kind_due(OPEN, day(left)) == kind

    @pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.OPEN])
    def test_a_round_that_is_not_open_asks_nobody(self, state: RoundState):
        closed = Standing(replace(OPEN, state=state), standing().responses)
        assert all(not due_reminders([closed], PEOPLE, day(left)) for left in (7, 1, 0, -1))

    @pytest.mark.parametrize("left", [7, 1, 0])
    def test_the_people_of_each_unsent_library_are_reminded_and_nobody_else(self, left: int):
        due = due_reminders([standing()], PEOPLE, day(left))
        assert readers(due) == [HUONG.name, MINH.name, LAN.name]
        assert all(set(reminder.responses) == {reminder.recipient.library_id} for reminder in due)

    @pytest.mark.parametrize("state", list(ResponseState))
    def test_who_has_sent_is_left_alone_until_it_is_returned(self, state: ResponseState):
        due = due_reminders([standing(son_la=response("son_la", state))], [LAN], day(7))
        assert bool(due) is (state in (ResponseState.DRAFT, ResponseState.RETURNED))

    def test_the_chair_hears_of_all_that_is_overdue_in_one_letter(self):
        due = due_reminders([standing()], PEOPLE, day(-1))
        (to_chair,) = [reminder for reminder in due if reminder.recipient is CHAIR]
        assert list(to_chair.responses) == ["dien_bien", "son_la"]
        everything_sent = standing(son_la=response("son_la", ResponseState.SUBMITTED))
        assert not due_reminders([everything_sent], PEOPLE, day(-1))

    def test_a_library_with_a_later_day_of_its_own_is_reminded_by_that_day(self):
        later = replace(standing(), exceptions={"son_la": day(-10)})
        assert readers(due_reminders([later], PEOPLE, day(1))) == [HUONG.name, MINH.name]
        [own] = [one for one in due_reminders([later], PEOPLE, day(-9)) if one.recipient is LAN]
        assert (own.kind, own.round.closes_on) == (Kind.DAY, day(-10))
        [to_chair] = [one for one in due_reminders([later], PEOPLE, day(-9)) if one.recipient is CHAIR]
        assert list(to_chair.responses) == ["dien_bien"]

    def test_an_exception_that_is_not_later_changes_nothing(self):
        earlier = replace(standing(), exceptions={"son_la": day(3)})
        assert due_reminders([earlier], PEOPLE, day(7)) == due_reminders([standing()], PEOPLE, day(7))

    def test_two_open_rounds_are_two_reminders(self):
        later = Standing(replace(OPEN, id="2027", closes_on=day(-2)), standing().responses)
        assert [one.round.id for one in due_reminders([standing(), later], [LAN], day(5))] == ["2026", "2027"]

    def test_a_library_that_nobody_can_be_written_to_is_named(self):
        assert without_recipient([standing()], [HUONG, CHAIR, *OTHERS], day(7)) == ["son_la"]
        assert not without_recipient([standing()], [], day(30))


class TestWords:
    def words(self, recipient: Recipient, left: int, responses: Mapping[str, Response | None]) -> Any:  # noqa: ANN401
        reminder = Reminder(Kind.WEEK, OPEN, recipient, responses)
        return letter_of(
            reminder, day(left), site="https://thuoc-so.example", federation=FEDERATION, names=NAMES
        )

    def test_a_week_before_in_vietnamese(self):
        letter = self.words(HUONG, 7, {"dien_bien": response("dien_bien")})
        assert (letter.name, letter.email) == (HUONG.name, HUONG.email)
        assert letter.subject == "Thước Số: còn 7 ngày, Đợt đánh giá năm 2026"
        assert letter.body == (
            "Kính gửi Nguyễn Thị Hương,\n\n"
            "Phiếu của Thư viện tỉnh Điện Biên trong Đợt đánh giá năm 2026 chưa được gửi. Hạn gửi là ngày 31/03/2026 "
            "(còn 7 ngày).\n\n"
            "Tình trạng phiếu: đang trả lời, lần cập nhật gần nhất 20/03/2026 15:04.\n\n"
            "Mở phiếu tại: https://thuoc-so.example/tra-loi\n\n"
            "Nếu có vướng mắc hoặc cần thêm thời gian, xin liên hệ thường trực Liên hiệp. Nếu phiếu vừa được gửi, xin "
            "bỏ qua thư này.\n\n"
            "Trân trọng,\nLiên hiệp Thư viện\n\n(Thư do Thước Số gửi tự động, xin không trả lời thư này.)\n"
        )

    def test_in_english(self):
        letter = self.words(MINH, 1, {"dien_bien": None})
        assert letter.subject == "Thước Số: 1 day left, Đợt đánh giá năm 2026"
        assert "State of the response: not begun." in letter.body
        assert "It is due on 31 Mar 2026 (1 day left)." in letter.body

    @pytest.mark.parametrize(
        ("left", "words"), [(1, "còn 1 ngày"), (0, "hạn là hôm nay"), (-3, "đã quá hạn"), (5, "còn 5 ngày")]
    )
    def test_how_long_is_left(self, left: int, words: str):
        assert f": {words}," in self.words(HUONG, left, {"dien_bien": None}).subject

    def test_overdue_and_returned(self):
        body = self.words(HUONG, -1, {"dien_bien": response("dien_bien", ResponseState.RETURNED)}).body
        assert "Hạn gửi phiếu trong Đợt đánh giá năm 2026 là ngày 31/03/2026, nay đã qua." in body
        assert "được trả lại để bổ sung, giải trình, lần cập nhật" in body

    def test_the_chair_reads_a_list(self):
        body = self.words(CHAIR, -1, {"dien_bien": response("dien_bien"), "son_la": None}).body
        assert "Còn 2 thư viện chưa gửi phiếu:\n- Thư viện tỉnh Điện Biên: đang trả lời, lần" in body
        assert "\n- Thư viện tỉnh Sơn La: chưa bắt đầu trả lời\n\n" in body
        assert "https://thuoc-so.example/tien-do" in body
        assert "liên hệ thường trực" not in body


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> list[Recipient]:
    """People with addresses, in the place of accounts."""
    known = [HUONG, LAN, CHAIR]
    monkeypatch.setattr(remind, "recipients_of", lambda _store: tuple(known))
    return known


@pytest.fixture
def waiting(store: Store, open_round: Round) -> Store:
    """A store with an open round that closes on CLOSES, and two of its members."""
    assert open_round.closes_on == CLOSES
    members = [one for one in load_members().members if one.id in NAMES]
    store.members.replace_all(members, "tests")
    return store


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Any:  # noqa: ANN401
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield MailServer(host="127.0.0.1", port=controller.port, sender="a@lienhiep.example", security="none")
    controller.stop()


@pytest.mark.usefixtures("people")
class TestSending:
    def test_each_is_sent_once_however_often_the_scheduler_looks(
        self, waiting: Store, server: MailServer, inbox: Inbox, capsys: pytest.CaptureFixture[str]
    ):
        for left in (8, 7, 7, 6, 5, 4, 3, 2):
            assert remind.remind_all(waiting, server, {}, day(left)) == 0
        assert len(inbox.letters) == 2
        for left in (1, 1, 0):
            remind.remind_all(waiting, server, {}, day(left))
        assert len(inbox.letters) == 4
        for left in (-1, -1, -2, -30):
            remind.remind_all(waiting, server, {}, day(left))
        assert len(inbox.letters) == 7
        assert [letter["To"].addresses[0].addr_spec for letter in inbox.letters[-3:]] == [
            HUONG.email, LAN.email, CHAIR.email
        ]  # fmt: skip
        assert "Đã gửi 2 thư, 0 thư chưa gửi được." in capsys.readouterr().out

    def test_a_later_last_day_is_reminded_of_anew(self, waiting: Store, server: MailServer, inbox: Inbox):
        remind.remind_all(waiting, server, {}, day(7))
        waiting.rounds.change_closing("2026", day(-14), "chair")
        remind.remind_all(waiting, server, {}, day(7))
        remind.remind_all(waiting, server, {}, day(-7))
        assert len(inbox.letters) == 4

    def test_what_could_not_be_sent_is_told_and_tried_again(
        self, waiting: Store, server: MailServer, inbox: Inbox, capsys: pytest.CaptureFixture[str]
    ):
        inbox.refuse_content = "451 later"
        assert remind.remind_all(waiting, server, {}, day(7)) == 1
        assert "Chưa gửi được thư cho Lò Thị Lan: máy chủ thư từ chối (mã 451)." in capsys.readouterr().out
        inbox.refuse_content = ""
        assert remind.remind_all(waiting, server, {}, day(7)) == 0
        assert len(inbox.letters) == 2

    def test_without_a_mail_server_all_is_printed_and_nothing_noted(
        self, waiting: Store, server: MailServer, inbox: Inbox, capsys: pytest.CaptureFixture[str]
    ):
        remind.remind_all(waiting, None, {"THUOC_SO_HOST": "thuoc-so.example", "THUOC_SO_HTTPS": "1"}, day(7))
        printed = capsys.readouterr().out
        assert printed.count("https://thuoc-so.example/tra-loi") == 2
        assert "Chỉ in ra, không gửi thư nào." in printed
        remind.remind_all(waiting, server, {}, day(7))
        assert len(inbox.letters) == 2
        capsys.readouterr()
        remind.remind_all(waiting, None, {}, day(7))
        assert "Kính gửi" not in capsys.readouterr().out

    def test_who_has_nobody_to_write_to_is_named(
        self, waiting: Store, people: list[Recipient], capsys: pytest.CaptureFixture[str]
    ):
        people.remove(LAN)
        remind.remind_all(waiting, None, {}, day(7))
        assert "Chưa có địa chỉ e-mail của ai ở Thư viện tỉnh Sơn La" in capsys.readouterr().out

    def test_two_schedulers_at_once_take_each_reminder_once(self, waiting: Store):
        one = Reminder(Kind.DAY, OPEN, HUONG, {"dien_bien": None})
        assert [waiting.reminders.claim(one), waiting.reminders.claim(one)] == [True, False]
        same = replace(one, recipient=replace(HUONG, email=" HUONG@dienbien.example"))
        assert waiting.reminders.was_sent(same)
        assert not waiting.reminders.was_sent(replace(one, kind=Kind.WEEK))
        waiting.reminders.give_back(one)
        assert waiting.reminders.claim(one)


def test_accounts_without_an_address_are_not_written_to(store: Store):
    assert remind.recipients_of(store) == ()
    accounts = SimpleNamespace(
        disabled=lambda: frozenset({2}),
        all=lambda: [
            SimpleNamespace(
                id=1, name="Hương", email="h@a.example", language="en", role="entry", library_id="son_la"
            ),
            SimpleNamespace(
                id=2, name="Minh", email="m@a.example", language="vi", role="chair", library_id=None
            ),
            SimpleNamespace(id=3, name="Lan", email=None, language="vi", role="chair", library_id=None),
        ],
    )
    found = remind.recipients_of(SimpleNamespace(accounts=accounts))  # type: ignore[arg-type]
    assert found == (Recipient("Hương", "h@a.example", "en", "entry", "son_la"),)


@pytest.mark.parametrize("options", [["remind"], ["remind", "--dry-run"]])
def test_the_command_runs_on_a_real_database_without_a_mail_server(
    options: list[str], sqlite_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    open_in: Callable[[Store], Round],
):  # fmt: skip
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sqlite_path}")
    monkeypatch.delenv("THUOC_SO_SMTP_HOST", raising=False)
    opened = Store.open(f"sqlite:///{sqlite_path}")
    open_in(opened)
    opened.close()
    assert main(options) == 0
    printed = capsys.readouterr().out
    assert "Chưa có địa chỉ e-mail của ai ở Thư viện tỉnh" in printed
    assert printed.endswith("Chỉ in ra, không gửi thư nào. (Printed only; nothing was sent.)\n")


def test_a_wrong_setting_is_one_sentence(
    sqlite_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sqlite_path}")
    monkeypatch.setenv("THUOC_SO_SMTP_HOST", "mail.example")
    assert main(["remind"]) == 1
    assert capsys.readouterr().err.startswith("Chưa gửi được thư: THUOC_SO_SMTP_SENDER chưa đúng.")
