"""Scenarios of a library: kept under a name, listed, opened, renamed and deleted."""

from collections.abc import Callable

import streamlit as st

from report.what_if import base_digest
from survey.errors import SurveyError
from survey.scenario import LONGEST_NAME, MOST_SCENARIOS, Scenario
from survey.text import HANOI, format_day, format_time
from ui import markup, session
from ui.application import application
from ui.what_if.trial import NAME, SAID, Trial


def show(trial: Trial) -> None:
    """A name for what is tried now, and the list of what was kept."""
    _ = session.current_words()
    scenarios = application().store.scenarios.of(
        session.current_person(), trial.report.round.id, trial.library
    )
    counted = _("{n} trên {most} kịch bản").format(n=len(scenarios), most=MOST_SCENARIOS)
    st.html(markup.heading(_("Kịch bản đã giữ"), counted))
    _show_said(trial)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Tên kịch bản"),
            key=session.start_field(trial.fields(""), NAME, ""),
            max_chars=LONGEST_NAME,
            placeholder=_("Ví dụ: mua máy quét năm 2027"),
            width=420,
        )
        st.button(
            _("Giữ thành kịch bản"),
            key=f"keep:{trial.place}",
            on_click=_keep,
            args=(trial,),
            disabled=not trial.changes,
        )
    if scenarios:
        _show_list(trial, scenarios)


def _show_said(trial: Trial) -> None:
    said = session.noted(trial.place, SAID)
    session.note(trial.place, SAID, None)
    if isinstance(said, SurveyError):
        st.html(markup.notice(markup.paragraph(said.to(session.current_language())), "bad"))
    elif said:
        st.html(markup.notice(markup.paragraph(str(said)), "good"))


def _show_list(trial: Trial, scenarios: tuple[Scenario, ...]) -> None:
    _ = session.current_words()
    names = {entry.id: entry.name for entry in scenarios}
    people = {person.login: person.name for person in application().store.accounts.all()}
    digest = base_digest(trial.report, trial.library)
    st.html(
        markup.table(
            [_("Kịch bản"), _("Thay đổi"), _("Ai, khi nào"), _("So với câu trả lời hôm nay")],
            [_row(entry, people, digest) for entry in scenarios],
        )
    )
    session.start_field(trial.fields(""), "scenario", scenarios[0].id)
    if session.field(trial.fields(""), "scenario") not in names:
        session.forget_fields_beginning(trial.fields(""), "scenario")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Chọn kịch bản"),
            list(names),
            format_func=lambda name: names.get(name, ""),
            key=session.start_field(trial.fields(""), "scenario", scenarios[0].id),
            width=420,
        )
        for words, act in ((_("Mở"), _open), (_("Đổi thành tên ở trên"), _rename), (_("Xóa"), _delete)):
            st.button(words, key=f"{act.__name__}:{trial.place}", on_click=act, args=(trial, scenarios))


def _row(entry: Scenario, people: dict[str, str], digest: str) -> tuple[str, ...]:
    _, language = session.current_words(), session.current_language()
    day = format_day(entry.made_at.astimezone(HANOI).date(), language)
    who = people.get(entry.made_by, entry.made_by)
    same = entry.based_on == digest
    return (
        f"<strong>{markup.text(entry.name)}</strong>",
        markup.text(_("{n} chỉ số: {names}").format(n=len(entry.changes), names=", ".join(entry.changes))),
        markup.text(f"{who}, {day} {format_time(entry.made_at)[:5]}"),
        markup.badge(_("chưa đổi từ khi giữ"), "quiet")
        if same
        else markup.badge(_("câu trả lời đã đổi từ khi giữ"), "warn", mark="!"),
    )


def _attempt(trial: Trial, act: Callable[[], str]) -> None:
    """Do something with the store and say how it went."""
    try:
        session.note(trial.place, SAID, act())
    except SurveyError as error:
        session.note(trial.place, SAID, error)


def _typed_name(trial: Trial) -> str:
    return str(session.field(trial.fields(""), NAME) or "")


def _keep(trial: Trial) -> None:
    _ = session.current_words()

    def act() -> str:
        made = application().store.scenarios.keep(
            session.require_person(),
            trial.report.round.id,
            trial.library,
            _typed_name(trial),
            trial.changes,
            based_on=base_digest(trial.report, trial.library),
        )
        session.forget_fields_beginning(trial.fields(""), NAME)
        return _("Đã giữ kịch bản «{name}».").format(name=made.name)

    _attempt(trial, act)


def _chosen(trial: Trial, scenarios: tuple[Scenario, ...]) -> Scenario:
    wanted = session.field(trial.fields(""), "scenario")
    return next((entry for entry in scenarios if entry.id == wanted), scenarios[0])


def _open(trial: Trial, scenarios: tuple[Scenario, ...]) -> None:
    _ = session.current_words()
    chosen = _chosen(trial, scenarios)
    trial.put(chosen.changes)
    session.note(trial.place, SAID, _("Đang thử kịch bản «{name}».").format(name=chosen.name))


def _rename(trial: Trial, scenarios: tuple[Scenario, ...]) -> None:
    _ = session.current_words()

    def act() -> str:
        chosen = _chosen(trial, scenarios)
        made = application().store.scenarios.rename(session.require_person(), chosen.id, _typed_name(trial))
        session.forget_fields_beginning(trial.fields(""), NAME)
        return _("Kịch bản «{old}» nay có tên «{new}».").format(old=chosen.name, new=made.name)

    _attempt(trial, act)


def _delete(trial: Trial, scenarios: tuple[Scenario, ...]) -> None:
    _ = session.current_words()

    def act() -> str:
        chosen = _chosen(trial, scenarios)
        application().store.scenarios.delete(session.require_person(), chosen.id)
        return _("Đã xóa kịch bản «{name}».").format(name=chosen.name)

    _attempt(trial, act)
