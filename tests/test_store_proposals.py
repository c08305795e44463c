"""Targets change by adopted proposals alone: each makes a next version, and rounds that were opened keep theirs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from report import labels
from survey.errors import SurveyError
from survey.framework import (
    FrameworkFile,
    TargetChange,
    change_target,
    load_framework,
    load_sources,
    parse_framework,
)
from survey.framework.loading import DATA
from survey.proposals import ProposalState
from survey.rounds import Round, RoundState
from survey.store import Store

MakeRound = Callable[..., Round]
SOURCES = load_sources()
FILE = load_framework(DATA / "frameworks" / "qd206.yaml")
A2 = TargetChange(
    subject="A2",
    year=2030,
    value=50,
    kind="federation",
    document="LIEN-HIEP-DE-XUAT",
    clause="Hội nghị thường niên (giả định)",
    checked=date(2026, 2, 20),
)
REASON = "Thử nghiệm"
BAC_GIANG = "KH-4631-2021-BG"


def federation_document() -> str:
    return next(name for name, source in SOURCES.items() if source.kind == "federation")


def change(**other: object) -> TargetChange:
    return replace(A2, **{"document": federation_document(), **other})  # type: ignore[arg-type]


def adopt(store: Store, number: int, by: str = "chair") -> FrameworkFile:
    return store.proposals.adopt(number, by, file=FILE, cited=SOURCES)


def test_a_changed_text_differs_in_one_target_and_the_version():
    made = change_target(FILE, change(), SOURCES)
    assert made.framework.version == FILE.framework.version + 1
    assert made.framework.indicators["A2"].target(2030).value == 50
    assert made.framework.indicators["A2"].target(2025) == FILE.framework.indicators["A2"].target(2025)
    others = {name: one for name, one in FILE.framework.indicators.items() if name != "A2"}
    assert {name: one for name, one in made.framework.indicators.items() if name != "A2"} == others
    unchanged = made.framework.model_copy(update={"version": 1, "dimensions": FILE.framework.dimensions})
    assert unchanged == FILE.framework


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"value": 0.0}, "0 không vượt quá điểm không (0) của A2"),
        ({"value": 20.0}, "chỉ tiêu năm 2025 (30) sẽ vượt quá chỉ tiêu năm 2030 (20)"),
        ({"kind": "national"}, "không thuộc loại đã chọn"),
        ({"document": "KHONG-CO"}, "văn bản «KHONG-CO» không có trong danh mục"),
        ({"library": "bac_ninh_2025"}, "phải có căn cứ là văn bản của tỉnh"),
        ({"subject": "B3", "value": 130.0}, "thang của B3 đi đến 100"),
        ({"subject": "A8", "value": 4.5}, "phải là số nguyên"),
        ({"subject": "Z9"}, "không có chỉ tiêu Z9 của năm 2030"),
        ({"year": 2035}, "không có chỉ tiêu A2 của năm 2035"),
        ({"subject": "T6", "value": 101.0, "year": 2025}, "lớn hơn 0 và không quá 100 %"),
        ({"subject": "T6", "value": 80.0}, "không có chỉ tiêu T6 của năm 2030"),
        (
            {"kind": "national", "document": "QD-206-2021"},
            "206/QĐ-TTg không nêu con số nào cho năm 2030",
        ),
        (
            {"subject": "B3", "value": 90.0, "kind": "province", "document": BAC_GIANG, "library": "son_la"},
            "4631/KH-UBND là của tỉnh khác",
        ),
        ({"clause": " "}, "chưa ghi điều, khoản"),
    ],
)
def test_a_change_that_makes_no_sound_framework_is_refused_in_one_sentence(
    wrong: dict[str, object], why: str
):
    with pytest.raises(SurveyError, match="Chưa đổi được chỉ tiêu") as error:
        change_target(FILE, change(**wrong), SOURCES)
    assert why in str(error.value)


def test_a_goal_of_the_programme_moves_the_pass_mark_that_was_the_same_number():
    made = change_target(FILE, change(subject="T3", value=75.0, year=2025), SOURCES).framework
    target = next(one for one in made.programme_targets if one.id == "T3")
    assert (target.goal, target.conditions[0].at_least, target.source.kind) == (75, 75, "federation")
    assert made.indicators["B3"] == FILE.framework.indicators["B3"]
    heads = change_target(FILE, change(subject="T6", value=70.0, year=2025), SOURCES).framework
    target = next(one for one in heads.programme_targets if one.id == "T6")
    assert (target.goal, target.conditions[0].at_least) == (70, 1)
    assert target.wording.vi.startswith("Chỉ tiêu hiện hành: 70 %. Lời văn trước khi đổi: ")
    again = change_target(
        change_target(FILE, change(subject="T6", value=70.0, year=2025), SOURCES),
        change(subject="T6", value=72.5, year=2025),
        SOURCES,
    ).framework
    wording = next(one for one in again.programme_targets if one.id == "T6").wording.vi
    assert wording.startswith("Chỉ tiêu hiện hành: 72,5 %. Lời văn trước khi đổi: ")
    assert wording.count("Lời văn") == 1


def test_what_the_federation_adopted_no_longer_reads_as_waiting():
    made = change_target(FILE, change(), SOURCES, adopted=date(2026, 11, 21)).framework
    source = made.indicators["A2"].target(2030).source
    assert labels.set_by(source, "vi") == "Liên hiệp thông qua ngày 21/11/2026"
    untouched = made.indicators["A2"].target(2025).source
    assert labels.set_by(untouched, "vi") == "Đề xuất của Liên hiệp, chờ thông qua"


def province_document() -> str:
    return next(name for name, source in SOURCES.items() if source.kind == "province")


def test_a_provinces_own_target_stands_beside_the_common_one_and_is_replaced_by_the_next():
    own = change(
        subject="B3",
        year=2025,
        value=80.0,
        kind="province",
        document=province_document(),
        library="bac_ninh_2025",
    )
    once = change_target(FILE, own, SOURCES)
    twice = change_target(once, replace(own, value=90.0), SOURCES)
    [kept] = twice.framework.province_targets
    assert (kept.library, kept.indicator, kept.year, kept.value) == ("bac_ninh_2025", "B3", 2025, 90)
    assert twice.framework.version == 3
    assert twice.framework.indicators == FILE.framework.indicators


def test_adopting_keeps_the_next_version_with_a_line_in_the_trail(store: Store):
    proposal = store.proposals.propose("qd206", change(), REASON, "quantri")
    assert (proposal.number, proposal.state, proposal.by) == (1, ProposalState.OPEN, "quantri")
    made = adopt(store, proposal.number)
    [held] = store.proposals.all()
    assert (held.state, held.decided_by, held.version) == (ProposalState.ADOPTED, "chair", 2)
    assert held.change == change()
    newest = store.frameworks.newest("qd206")
    assert newest is not None
    assert (newest[0].version, newest[0].checksum, newest[1]) == (2, made.checksum, made.text)
    assert parse_framework(newest[1], name="qd206", cited=SOURCES) == made.framework
    actions = [entry.action for entry in store.audit.newest(10)]
    assert actions[:2] == ["target.adopt", "target.propose"]


def test_a_decided_proposal_stays_decided(store: Store):
    first, second = (store.proposals.propose("qd206", change(), REASON, "quantri").number for _ in range(2))
    store.proposals.withdraw(first, "quantri")
    adopt(store, second)
    for number in (first, second):
        with pytest.raises(SurveyError, match="không còn chờ quyết định"):
            adopt(store, number)
        with pytest.raises(SurveyError, match="không còn chờ quyết định"):
            store.proposals.withdraw(number, "quantri")
    assert [one.state for one in store.proposals.all()] == [ProposalState.ADOPTED, ProposalState.WITHDRAWN]


@pytest.mark.parametrize(("reason", "clause"), [("  ", "Điều 1"), ("Lý do", " "), ("x" * 2_001, "Điều 1")])
def test_a_proposal_without_reason_or_clause_is_refused(store: Store, reason: str, clause: str):
    with pytest.raises(SurveyError, match="cần điều, khoản"):
        store.proposals.propose("qd206", change(clause=clause), reason, "quantri")
    assert store.proposals.all() == ()


def test_adoptions_at_the_same_moment_all_count(store: Store):
    values = {"A2": 50.0, "A3": 400.0, "B5": 20_000.0, "D3": 3.0, "D6": 15.0}
    numbers = [
        store.proposals.propose("qd206", change(subject=name, value=value), REASON, "quantri").number
        for name, value in values.items()
    ]
    with ThreadPoolExecutor(len(numbers)) as pool:
        made = list(pool.map(lambda number: adopt(store, number), numbers))
    assert sorted(one.framework.version for one in made) == [2, 3, 4, 5, 6]
    newest = store.frameworks.newest("qd206")
    assert newest is not None
    last = parse_framework(newest[1], name="qd206", cited=SOURCES)
    assert {name: last.indicators[name].target(2030).value for name in values} == values


def test_the_same_proposal_is_adopted_once_however_often_it_is_pressed(store: Store):
    number = store.proposals.propose("qd206", change(), REASON, "quantri").number

    def press(_: int) -> bool:
        try:
            adopt(store, number)
        except SurveyError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert [one.version for one in store.frameworks.kept()] == [2]


def test_a_file_that_is_newer_than_what_was_adopted_goes_first(store: Store):
    adopt(store, store.proposals.propose("qd206", change(), REASON, "quantri").number)
    newer = FrameworkFile(
        FILE.framework.model_copy(update={"version": 7}),
        FILE.text.replace("\nversion: 1\n", "\nversion: 7\n"),
    )
    number = store.proposals.propose("qd206", change(subject="D3", value=3.0), REASON, "quantri").number
    made = store.proposals.adopt(number, "chair", file=newer, cited=SOURCES)
    assert made.framework.version == 8
    assert made.framework.indicators["A2"].target(2030).value == 40


def test_opened_rounds_keep_their_framework_and_later_ones_take_the_adopted(store: Store, a_round: MakeRound):
    first = store.rounds.add(replace(a_round("2026"), framework_id="qd206"), by="chair")
    opened = store.rounds.change_state(
        first.id, RoundState.OPEN, "chair", checksum=FILE.checksum, framework_text=FILE.text
    )
    made = adopt(store, store.proposals.propose("qd206", change(), REASON, "quantri").number)
    assert store.rounds.get(first.id) == opened
    assert store.frameworks.text(opened.checksum) == FILE.text
    second = store.rounds.add(replace(a_round("2027"), framework_id="qd206"), by="chair")
    later = store.rounds.change_state(
        second.id,
        RoundState.OPEN,
        "chair",
        checksum=made.checksum,
        framework_text=made.text,
        framework_version=made.framework.version,
    )
    assert (later.framework_version, later.checksum) == (2, made.checksum)
    closed = store.rounds.change_state(second.id, RoundState.CLOSED, "chair")
    again = store.rounds.change_state(second.id, RoundState.OPEN, "chair", framework_version=9)
    assert (closed.framework_version, again.framework_version) == (2, 2)


def test_a_day_of_checking_in_the_future_is_refused(store: Store):
    with pytest.raises(SurveyError, match="ngày đối chiếu 01/01/2031 ở sau hôm nay"):
        store.proposals.propose("qd206", change(checked=date(2031, 1, 1)), REASON, "admin")
    assert store.proposals.all() == ()
