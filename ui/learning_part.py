"""Whom a library can learn from: beside each weak indicator, the members that got there and what they tell."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from report.round_report import RoundReport
from report.tables import learning
from scoring.learning import Example
from survey.access import Person, may_open_evidence, sees_names
from survey.practice import Practice
from survey.text import format_fixed, format_percent
from ui import markup, papers, session, sources
from ui.application import application

AT_ONCE = 5
Row = Mapping[Hashable, Any]
Shared = Mapping[tuple[str, str], Practice]


def show(person: Person, report: RoundReport, library: str, basis: str) -> None:
    """The weak indicators with names where the reader may see names, else with counts."""
    _, language = session.current_words(), session.current_language()
    *_earlier, before, _now = [None, *session.rounds_until(report.round)]
    past = session.report(before.id) if before is not None else None
    found = learning.of_library(report, past, library, basis=basis, language=language)
    rows = found.weak.to_dict("records")
    if not rows:
        return
    named = sees_names(person, report.round)
    told = [_indicator(person, report, row, found.examples[row["indicator"]], named) for row in rows]
    more = _("Các chỉ số khác dưới mức năm {year}").format(year=report.framework.first_milestone)
    st.html(
        markup.heading(_("Học từ ai"))
        + markup.paragraph(_intro(report.framework.last_milestone, named=named))
        + "".join(told[:AT_ONCE])
        + (markup.fold(f"{more} ({len(told) - AT_ONCE})", "".join(told[AT_ONCE:])) if told[AT_ONCE:] else "")
    )


def _intro(last: int, *, named: bool) -> str:
    _ = session.current_words()
    if named:
        return _(
            "Những chỉ số còn thiếu nhiều điểm nhất, và các thư viện đã đạt chỉ tiêu hoặc tăng nhiều nhất từ kỳ trước "
            "(«tăng thêm 13 %»: đi thêm 13 % quãng đường từ 0 tới chỉ tiêu {year}). Cách làm và tài liệu chỉ có ở thư "
            "viện đã đồng ý chia sẻ."
        ).format(year=last)
    return _(
        "Những chỉ số còn thiếu nhiều điểm nhất, và bao nhiêu thư viện khác đã đạt. Tài khoản này hoặc đợt này chưa "
        "được nêu tên các thư viện khác."
    )


def _indicator(
    person: Person, report: RoundReport, row: Row, examples: tuple[Example, ...], named: bool
) -> str:
    _, language = session.current_words(), session.current_language()
    name = f"{row['indicator']} {row['label']}"
    missing = _("còn thiếu {points} điểm").format(points=format_fixed(row["missing"], language))
    title = f"{name}: {missing} · {_counts(report, row)}"
    if not named or not examples:
        return f"<p class='learn-line'>{sources.linked(title, report.framework)}</p>"
    shared = _shared(report.round.id)
    way = markup.link(_("Chỉ tiêu từ đâu"), sources.register_address(row["indicator"]))
    body = way + "".join(_example(person, report, row["indicator"], one, shared) for one in examples)
    return markup.fold(title, body)


def _counts(report: RoundReport, row: Row) -> str:
    _ = session.current_words()
    if not row["reached_first"]:
        return _("chưa thư viện nào khác đạt chỉ tiêu {first}").format(first=report.framework.first_milestone)
    return _("{n} thư viện khác đã đạt chỉ tiêu {first}, {m} đạt chỉ tiêu {last}").format(
        n=row["reached_first"],
        m=row["reached_last"],
        first=report.framework.first_milestone,
        last=report.framework.last_milestone,
    )


def _shared(round_id: str) -> Shared:
    return {
        (one.library_id, one.question_id): one for one in application().store.practices.of_round(round_id)
    }


def _example(person: Person, report: RoundReport, indicator: str, one: Example, shared: Shared) -> str:
    language = session.current_language()
    name = f"<strong>{markup.text(report.member(one.library).short.to(language))}</strong>"
    practice = shared.get((one.library, indicator))
    told = _practice(person, report, practice) if practice is not None else ""
    return f"<p>{name} {_badges(report, one)}</p>{told}"


def _badges(report: RoundReport, one: Example) -> str:
    _, language = session.current_words(), session.current_language()
    framework, badges = report.framework, []
    if one.reached_last or one.reached_first:
        year = framework.last_milestone if one.reached_last else framework.first_milestone
        badges.append(markup.badge(_("đạt chỉ tiêu {year}").format(year=year), "good", mark="✓"))
    if one.among_risers:
        words = _("tăng thêm {share}").format(share=format_percent(one.rise, language))
        badges.append(markup.badge(words, "quiet", mark="↑"))
    return " ".join(badges)


def _practice(person: Person, report: RoundReport, practice: Practice) -> str:
    """What the library tells, with its documents where it agreed that they be opened."""
    _ = session.current_words()
    agreed = practice.evidence
    documents = ""
    if agreed and may_open_evidence(
        person, practice.library_id, report.round, agreed=agreed, inherited=False
    ):
        response = report.responses[practice.library_id]
        cited = [
            papers.cited(document, response)
            for document in response.answer(practice.question_id).evidence
            if not document.is_blank
        ]
        documents = "".join(f"<p class='post-head'>{one}</p>" for one in cited)
    head = f"<span class='post-head'>{markup.text(_('Thư viện chia sẻ cách làm'))}</span>"
    return f"<div class='post'>{head}{markup.paragraph(practice.words)}{documents}</div>"
