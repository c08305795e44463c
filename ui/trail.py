"""The audit trail as a table that can be narrowed down; every choice lives in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import streamlit as st

from report import labels
from survey.access import Page, Role
from survey.errors import SurveyError
from survey.response import ResponseState
from survey.roles import role_names
from survey.rounds import RoundState
from survey.store import Entry, Wanted
from survey.text import HANOI, Language, format_day, format_time
from survey.translation import Words
from ui import addressed, markup, session
from ui.application import application
from ui.round_desk import read_day

WHO, WHAT, SINCE, UNTIL, SHEET = "ai", "viec", "tu", "den", "trang"
AT_ONCE = 50
MOST_SHEETS = 10_000
# What can be asked for, by the beginning of the action.
KINDS = {
    "tai-khoan": "account.",
    "tra-loi": "answer.",
    "phieu": "response.",
    "tham-dinh": "review.",
    "tu-choi": "refused",
    "dot": "round.",
    "thanh-vien": "members.",
    "kich-ban": "scenario.",
    "chia-se": "practice.",
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. faults: what it says that is no day."""

    wanted: Wanted
    sheet: int
    faults: tuple[str, ...] = ()


def asked() -> Asked:
    """Read the address; what makes no sense in it is told and left out."""
    given = st.query_params
    faults: list[str] = []
    since, until = (_moment(given.get(name, ""), faults) for name in (SINCE, UNTIL))
    number = given.get(SHEET, "")
    sheet = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    wanted = Wanted(
        by=given.get(WHO, "").strip().lower(),
        action=KINDS.get(given.get(WHAT, ""), ""),
        since=since,
        until=until + timedelta(days=1) if until is not None else None,
    )
    return Asked(wanted, min(max(sheet, 1), MOST_SHEETS), tuple(faults))


def _moment(typed: str, faults: list[str]) -> datetime | None:
    if not typed.strip():
        return None
    try:
        return datetime.combine(read_day(typed), time(), HANOI)
    except SurveyError as error:
        faults.append(error.to(session.current_language()))
        return None


def show(question: Asked) -> None:
    """The choices, then the entries, newest first, a sheet at a time."""
    _ = session.current_words()
    _show_choices(_)
    for fault in question.faults:
        st.html(markup.notice(markup.paragraph(fault), "bad"))
    skip = (question.sheet - 1) * AT_ONCE
    found = application().store.audit.find(question.wanted, limit=AT_ONCE + 1, skip=skip)
    if not found:
        st.html(markup.notice(markup.paragraph(_("Không có dòng nhật ký nào như vậy."))))
        return
    teller = Teller.of_today()
    rows = [teller.row(entry) for entry in found[:AT_ONCE]]
    st.html(markup.table([_("Lúc"), _("Ai"), _("Việc"), _("Ở đâu"), _("Chi tiết")], rows))
    _show_sheets(question.sheet, more=len(found) > AT_ONCE, _=_)


def _show_choices(_: Words) -> None:
    kinds = {
        "": _("Mọi việc"),
        "tra-loi": _("Câu trả lời"),
        "phieu": _("Phiếu"),
        "tham-dinh": _("Thẩm định"),
        "tu-choi": _("Bị từ chối"),
        "tai-khoan": _("Tài khoản"),
        "dot": _("Đợt đánh giá"),
        "thanh-vien": _("Thành viên"),
        "kich-ban": _("Kịch bản"),
        "chia-se": _("Chia sẻ cách làm"),
    }
    addressed.segments(_("Loại việc"), kinds, WHAT)
    columns = st.columns(3)
    for column, (name, label, example) in zip(
        columns,
        (
            (WHO, _("Tên đăng nhập"), "laocai"),
            (SINCE, _("Từ ngày (ngày/tháng/năm)"), "01/11/2026"),
            (UNTIL, _("Đến ngày (ngày/tháng/năm)"), "30/11/2026"),
        ),
        strict=True,
    ):
        with column:
            addressed.typed(label, name, placeholder=example)


def _show_sheets(sheet: int, *, more: bool, _: Words) -> None:
    links = []
    if sheet > 1:
        links.append(markup.link(_("Mới hơn"), _address(sheet - 1)))
    links.append(markup.text(_("Trang {n}").format(n=sheet)))
    if more:
        links.append(markup.link(_("Cũ hơn"), _address(sheet + 1)))
    st.html(f"<p class='sheets'>{' · '.join(links)}</p>")


def _address(sheet: int) -> str:
    kept = {name: st.query_params[name] for name in (WHO, WHAT, SINCE, UNTIL) if st.query_params.get(name)}
    return f"/{Page.TRAIL.value}?{urlencode({**kept, SHEET: str(sheet)})}"


@dataclass(frozen=True)
class Teller:
    """Puts an entry into words; ids become the names that people know."""

    people: Mapping[str, str]
    accounts: Mapping[str, str]
    libraries: Mapping[str, str]
    rounds: Mapping[str, str]
    language: Language

    @classmethod
    def of_today(cls) -> "Teller":
        language, app = session.current_language(), application()
        people = app.store.accounts.all()
        return cls(
            people={person.login: person.name for person in people},
            accounts={str(person.id): f"{person.name} ({person.login})" for person in people},
            libraries={member.id: member.short.to(language) for member in app.members.members},
            rounds={entry.id: entry.name for entry in session.rounds()},
            language=language,
        )

    def row(self, entry: Entry) -> tuple[str, ...]:
        day = format_day(entry.at.astimezone(HANOI).date(), self.language)
        name = self.people.get(entry.by)
        who = f"{markup.text(name)} <code>{markup.text(entry.by)}</code>" if name else markup.text(entry.by)
        return (
            f"<span class='nowrap'>{markup.text(f'{day} {format_time(entry.at)}')}</span>",
            who,
            markup.text(self.action(entry.action)),
            markup.text(self.place(entry.object)),
            markup.text(self.detail(entry)),
        )

    def action(self, name: str) -> str:
        _ = session.current_words()
        said = {
            "account.add": _("thêm tài khoản"),
            "account.active": _("khóa hoặc mở tài khoản"),
            "account.change": _("sửa tài khoản"),
            "account.email": _("đổi thư điện tử"),
            "account.erase": _("xóa thông tin một người"),
            "account.password": _("đặt lại mật khẩu"),
            "account.recovery_codes": _("làm mới mã khôi phục"),
            "account.reset": _("làm liên kết đặt lại mật khẩu"),
            "account.second_factor_on": _("bật xác thực hai lớp"),
            "account.second_factor_off": _("tắt xác thực hai lớp"),
            "account.sign_in": _("đăng nhập"),
            "account.locked": _("nhập sai mật khẩu quá số lần"),
            "account.unlock": _("cho đăng nhập lại"),
            "answer.save": _("lưu câu trả lời"),
            "answer.import": _("nạp nhiều câu trả lời"),
            "evidence.keep": _("cất tệp tài liệu kiểm chứng"),
            "invitation.add": _("mời một người"),
            "invitation.withdraw": _("rút lời mời"),
            "late.grant": _("gia hạn riêng"),
            "practice.share": _("chia sẻ cách làm"),
            "practice.withdraw": _("rút lại cách làm đã chia sẻ"),
            "members.replace": _("thay danh sách thành viên"),
            "refused": _("bị từ chối"),
            "response.receipt": _("cấp biên nhận"),
            "response.state": _("chuyển trạng thái phiếu"),
            "review.assign": _("phân công thẩm định"),
            "review.unassign": _("thôi phân công"),
            "review.decide": _("cho ý kiến thẩm định"),
            "review.post": _("trao đổi về một chỉ số"),
            "round.add": _("thêm đợt đánh giá"),
            "round.state": _("chuyển trạng thái đợt"),
            "round.closing": _("đổi hạn gửi"),
            "scenario.keep": _("giữ kịch bản"),
            "scenario.rename": _("đổi tên kịch bản"),
            "scenario.delete": _("xóa kịch bản"),
            "round.ranks": _("lưu kết quả so sánh thứ tự"),
            "target.propose": _("đề xuất đổi chỉ tiêu"),
            "target.withdraw": _("rút đề xuất đổi chỉ tiêu"),
            "target.adopt": _("thông qua chỉ tiêu, thành phiên bản mới"),
        }
        return said.get(name, name)

    def place(self, thing: str) -> str:
        """Say where: answer:2026/son_la/A2 is question A2, Sơn La, round 2026."""
        _ = session.current_words()
        kind, _colon, rest = thing.partition(":")
        if kind == "account":
            return self.accounts.get(rest, rest)
        round_id, library, question = [*rest.split("/"), "", ""][:3]
        parts = [
            _("câu {id}").format(id=question) if question else "",
            self.libraries.get(library, library),
            self.rounds.get(round_id, round_id),
        ]
        return " · ".join(part for part in parts if part)

    def detail(self, entry: Entry) -> str:
        """What changed, but never what was answered."""
        _, new = session.current_words(), entry.new or {}
        if entry.action == "response.state":
            return labels.response_state_name(ResponseState(new["state"]), self.language)
        if entry.action == "round.state":
            return labels.round_state(RoundState(new["state"]), self.language)
        if entry.action == "round.closing":
            return format_day(date.fromisoformat(new["closes_on"]), self.language)
        if entry.action == "answer.save":
            return _("lần lưu thứ {n}").format(n=new.get("revision", ""))
        if entry.action == "account.active":
            return _("mở") if new.get("active") else _("khóa")
        if entry.action == "account.add" and new.get("role") in {role.value for role in Role}:
            return role_names()[Role(new["role"])].to(self.language)
        if entry.action == "response.receipt":
            return str(new.get("receipt", ""))
        if entry.action in ("review.assign", "review.unassign"):
            account = str((new or entry.old or {}).get("account", ""))
            return self.accounts.get(account, account)
        if entry.action == "practice.share" and new.get("evidence"):
            return _("có tài liệu kiểm chứng")
        if entry.action == "refused":
            return str(new.get("why", ""))
        if entry.action == "answer.import":
            return _("{n} câu").format(n=new.get("answers", ""))
        return ""
