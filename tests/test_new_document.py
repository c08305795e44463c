"""A document that comes with a proposal: told apart, refused in one sentence, and kept in the adopted version."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report import explain
from report.round_report import round_report
from report.tables import definitions
from survey.errors import DefinitionError, SurveyError
from survey.framework import (
    SourceDocument,
    TargetChange,
    change_target,
    load_framework,
    load_sources,
    parse_framework,
    typed_document,
)
from survey.framework.loading import DATA
from survey.members import load_members
from survey.proposals import from_text, to_text
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round
from survey.store import Store

SOURCES = load_sources()
FILE = load_framework(DATA / "frameworks" / "qd206.yaml")
TODAY, CHECKED = date(2026, 11, 26), date(2026, 2, 20)
TYPED: dict[str, Any] = {
    "number": "15/NQ-HĐND",
    "title": "Nghị quyết giả định về phát triển thư viện",
    "issuer": "Hội đồng nhân dân tỉnh giả định",
    "issued": date(2026, 1, 15),
    "checked": CHECKED,
    "today": TODAY,
    "kind": "province",
    "address": "https://example.org/nghi-quyet",
}


def typed(**other: object) -> SourceDocument:
    return typed_document(**{**TYPED, **other})  # type: ignore[arg-type]


def change(added: SourceDocument, **other: object) -> TargetChange:
    asked: dict[str, Any] = {
        "subject": "B3",
        "year": 2025,
        "value": 80.0,
        "kind": "province",
        "document": added.id,
        "clause": "Điều 2 (giả định)",
        "checked": CHECKED,
        "library": "bac_ninh_2025",
        "added": added,
    }
    return TargetChange(**{**asked, **other})


def test_what_is_typed_becomes_a_document_with_an_id_out_of_its_number():
    made = typed(number="  15/NQ-HĐND ", title="Nghị\u0020 quyết\nvề thư viện")
    assert (made.id, made.number, made.title.vi, made.title.en) == (
        "15-NQ-HDND",
        "15/NQ-HĐND",
        "Nghị quyết về thư viện",
        "Nghị quyết về thư viện",
    )
    assert (made.kind, made.issued, made.address) == ("province", date(2026, 1, 15), TYPED["address"])
    assert "20/02/2026" in made.confidence.vi
    assert typed(address="").address is None
    assert typed(address="ke-hoach-2026.pdf").address == "ke-hoach-2026.pdf"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": " "}, "ô «Số hiệu» để trống"),
        ({"title": "\u200b"}, "ô «Tên văn bản» để trống"),
        ({"issuer": ""}, "ô «Cơ quan ban hành» để trống"),
        ({"number": "1" * 81}, "ô «Số hiệu» dài quá 80 ký tự"),
        ({"issued": date(2026, 11, 27)}, "ngày ban hành 27/11/2026 ở sau hôm nay"),
        ({"checked": date(2026, 11, 27)}, "ngày đối chiếu 27/11/2026 ở sau hôm nay"),
        ({"checked": date(2026, 1, 14)}, "ở trước ngày ban hành"),
        ({"address": "javascript:alert(1)"}, "không phải địa chỉ http, https hay tên tệp"),
        ({"address": "ftp://example.org/a.pdf"}, "không phải địa chỉ http, https hay tên tệp"),
        ({"address": "https://"}, "không phải địa chỉ http, https hay tên tệp"),
        ({"address": "http://[x"}, "không phải địa chỉ http, https hay tên tệp"),
        ({"address": "../../etc/passwd"}, "không phải địa chỉ http, https hay tên tệp"),
        ({"address": "https://example.org/" + "a" * 400}, "địa chỉ dài quá 400 ký tự"),
    ],
)
def test_a_faulty_document_is_refused_in_one_sentence(wrong: dict[str, object], said: str):
    with pytest.raises(SurveyError, match="Chưa ghi văn bản mới") as error:
        typed(**wrong)
    assert said in str(error.value)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_gives_a_version_that_can_be_read_again_or_a_sentence(
    number: str, title: str, issuer: str, address: str
):
    try:
        made = typed(number=number, title=title, issuer=issuer, address=address)
        file = change_target(FILE, change(made), SOURCES)
    except SurveyError:
        return
    assert parse_framework(file.text, name="qd206", cited=SOURCES) == file.framework
    assert file.framework.sources[-1].title.vi == made.title.vi


def test_the_version_carries_its_document_in_its_own_text_and_checksum():
    made = change_target(FILE, change(typed()), SOURCES)
    [held] = made.framework.sources
    [own] = made.framework.province_targets
    assert (held, own.source.document) == (typed(), held.id)
    assert "15/NQ-HĐND" in made.text
    other = change_target(FILE, change(typed(title="Một tên khác")), SOURCES)
    assert other.checksum != made.checksum
    # A later edition of the common list may lack it, or hold another document under its id.
    renamed = SOURCES["QD-206-2021"].model_copy(update={"id": held.id})
    for common in (SOURCES, {**SOURCES, held.id: renamed}):
        again = parse_framework(made.text, name="qd206", cited=common)
        assert again.documents(common)[held.id] == held


def test_a_second_change_takes_the_document_that_is_there_already():
    once = change_target(FILE, change(typed()), SOURCES)
    twice = change_target(once, change(typed(number="15 / nq-hđnd"), year=2030, value=95.0), SOURCES)
    assert twice.framework.sources == once.framework.sources
    assert {one.source.document for one in twice.framework.province_targets} == {"15-NQ-HDND"}
    listed = SOURCES["QD-206-2021"]
    known = typed(
        number=listed.number,
        title=listed.title.vi,
        issuer=listed.issuer.vi,
        issued=listed.issued,
        kind="national",
    )
    common = change(known, subject="T3", value=75.0, kind="national", library="")
    made = change_target(FILE, common, SOURCES).framework
    assert made.sources == ()
    assert next(one for one in made.programme_targets if one.id == "T3").source.document == listed.id


@pytest.mark.parametrize(
    "other",
    [
        {"issuer": "Hội đồng nhân dân tỉnh khác", "title": "Tên khác"},
        {"issued": date(2025, 7, 1), "title": "Tên khác"},
    ],
)
def test_the_same_number_of_another_issuer_or_year_is_another_document(other: dict[str, object]):
    once = change_target(FILE, change(typed()), SOURCES)
    twice = change_target(once, change(typed(**other), year=2030, value=95.0), SOURCES)
    assert [one.id for one in twice.framework.sources] == ["15-NQ-HDND", "15-NQ-HDND-2"]
    assert [one.source.document for one in twice.framework.province_targets] == ["15-NQ-HDND", "15-NQ-HDND-2"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"title": "Một tên khác"}, "đã có trong danh mục với tên «Nghị quyết giả định"),
        ({"kind": "federation"}, "đã có trong danh mục với loại khác"),
    ],
)
def test_a_number_that_stands_for_something_else_is_refused(other: dict[str, object], said: str):
    once = change_target(FILE, change(typed()), SOURCES)
    with pytest.raises(SurveyError) as error:
        change_target(once, change(typed(**other), year=2030, value=95.0), SOURCES)
    assert said in str(error.value)


def test_a_document_of_another_kind_than_the_target_is_refused():
    with pytest.raises(SurveyError, match="không thuộc loại đã chọn"):
        change_target(FILE, change(typed(kind="national")), SOURCES)


def test_a_version_with_one_id_for_two_documents_is_faulty():
    made = change_target(FILE, change(typed()), SOURCES)
    listed = made.text.split("\nsources:\n")[1].split("\nprovince_targets:")[0]
    twice = made.text.replace("\nsources:\n", f"\nsources:\n{listed}\n", 1)
    with pytest.raises(DefinitionError, match="15-NQ-HDND: the id stands 2 times"):
        parse_framework(twice, name="qd206", cited=SOURCES)


def test_tables_and_explanations_name_the_new_document_like_any_other():
    common = typed(kind="national")
    asked = change(common, kind="national", library="", subject="A2", year=2030, value=50.0)
    made = change_target(FILE, asked, SOURCES).framework
    round_ = Round("2026", "Đợt 2026", "qd206", 2, TODAY, TODAY, TODAY)
    [member] = [one for one in load_members().valid_on(TODAY) if one.id == "son_la"]
    answered = {"A2": Recorded(Answer(AnswerState.ANSWERED, value=30.0), 1)}
    response = Response("2026", member.id, ResponseState.SUBMITTED, answered)
    report = round_report(round_, made, (member,), {member.id: response}, SOURCES)
    listed = definitions.documents(report).set_index("document").loc["15-NQ-HDND"]
    assert (listed["number"], listed["issued"]) == ("15/NQ-HĐND", "15/01/2026")
    told = definitions.indicators(report).set_index("indicator").loc["A2", "target_last_source"]
    assert told == "15/NQ-HĐND · Điều 2 (giả định)"
    said = "\n".join(explain.indicator(report, member.id, "A2", basis="self", language="vi"))
    assert "15/NQ-HĐND, Điều 2 (giả định)" in said


def test_a_proposal_is_written_and_read_with_its_document():
    asked = change(typed())
    assert from_text(to_text(asked)) == asked
    plain = replace(asked, added=None)
    assert from_text(to_text(plain)) == plain
    assert "added" not in to_text(plain)


def adopt(store: Store, asked: TargetChange) -> int:
    number = store.proposals.propose("qd206", asked, "Thử", "quantri").number
    return store.proposals.adopt(number, "chair", file=FILE, cited=SOURCES).framework.version


def test_an_adopted_document_is_kept_with_its_version_and_the_trail(store: Store):
    assert adopt(store, change(typed())) == 2
    newest = store.frameworks.newest("qd206")
    assert newest is not None
    assert parse_framework(newest[1], name="qd206", cited=SOURCES).sources == (typed(),)
    assert store.proposals.all()[0].change.added == typed()
    entry = next(one for one in store.audit.newest(5) if one.action == "target.propose")
    assert "15/NQ-HĐND" in str(entry.new)
    # Somebody else's proposal with the same document, made before the first was adopted.
    assert adopt(store, change(typed(), subject="B4", value=60.0)) == 3
    newest = store.frameworks.newest("qd206")
    assert newest is not None
    assert len(parse_framework(newest[1], name="qd206", cited=SOURCES).sources) == 1


def test_an_adoption_that_would_list_a_number_twice_changes_nothing(store: Store):
    adopt(store, change(typed()))
    with pytest.raises(SurveyError, match="đã có trong danh mục"):
        adopt(store, change(typed(title="Tên khác"), subject="B4", value=60.0))
    assert [one.version for one in store.frameworks.kept()] == [2]
