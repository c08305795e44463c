"""The register of targets, its adopted changes, and closed rounds scored by another version."""

from datetime import date
from hashlib import sha256

import pytest

from pages.places import OPEN, PUBLISHED, LookAt, Place, Tab
from survey.access import Page
from survey.framework import TargetChange
from survey.proposals import ProposalState
from survey.rounds import RoundState

FORM = "Gửi đề xuất"
CHANGE = TargetChange(
    subject="A2",
    year=2030,
    value=80,
    kind="federation",
    document="LH-DX-2026",
    clause="Nghị quyết giả định",
    checked=date(2026, 11, 20),
)


def federation_document(place: Place) -> str:
    framework = place.application.newest_framework("qd206").framework
    return framework.indicators["A2"].target(2030).source.document


def propose(place: Place, **other: object) -> int:
    given = {**CHANGE.__dict__, "document": federation_document(place), **other}
    change = TargetChange(**given)  # type: ignore[arg-type]
    return place.store.proposals.propose("qd206", change, "Thử", "quantri").number


def adopt(place: Place, number: int) -> None:
    app = place.application
    place.store.proposals.adopt(number, "chutich", file=app.shipped_framework("qd206"), cited=app.sources)


def test_every_target_stands_in_the_register_with_kind_and_document(look_at: LookAt):
    tab = look_at("sample").sign_in("laichau").open(Page.TARGETS)
    framework = look_at("sample").application.newest_framework("qd206").framework
    for indicator in framework.indicators.values():
        assert indicator.label.vi in tab.words
    for target in framework.programme_targets:
        assert target.label.vi in tab.words
    for words in ("Chỉ tiêu quốc gia", "chờ thông qua", "206/QĐ-TTg", "đối chiếu ngày", "Phiên bản 1"):
        assert words in tab.words
    assert FORM not in tab.buttons()


def test_one_indicator_is_shown_where_the_address_names_it(look_at: LookAt):
    words = look_at("sample").sign_in("laichau").open(Page.TARGETS, chi_so="B3").words
    assert "B3 Số hóa tài liệu cổ" in words
    assert "Đường truyền Internet" not in words


def test_only_targets_of_the_chosen_kind_are_listed(look_at: LookAt):
    words = look_at("sample").sign_in("laichau").open(Page.TARGETS, loai="national").words
    assert "B3 Số hóa tài liệu cổ" in words
    assert "A2 Thiết bị truy cập" not in words
    none = look_at("sample").sign_in("laichau").open(Page.TARGETS, loai="province").words
    assert "Không có chỉ tiêu nào thuộc loại này." in none


def fill(tab: Tab, value: str, clause: str, day: str, reason: str) -> Tab:
    by_label = {field.label: field for field in tab.app.text_input}
    by_label["Giá trị mới (%, mức, số mục hoặc con số)"].set_value(value)
    by_label["Điều, khoản"].set_value(clause)
    by_label["Ngày đối chiếu (ngày/tháng/năm)"].set_value(day)
    tab.app.text_area[0].set_value(reason)
    choices = {field.label: field for field in tab.app.selectbox}
    choices["Chỉ số hoặc chỉ tiêu"].set_value("A2")
    choices["Năm"].set_value(2030)
    choices["Văn bản"].set_value(next(one for one in DOCUMENTS if one.startswith("LH")))
    return tab.press(FORM)


DOCUMENTS = ("LH-SK-2023", "LH-DX-2026")


def test_the_administrator_proposes_and_the_chair_adopts(place: Place):
    administrator = place.sign_in("quantri").open(Page.TARGETS)
    fill(administrator, "50", "Nghị quyết giả định", "20/11/2026", "Máy nhiều hơn")
    assert "Số 1 · A2 Thiết bị truy cập phục vụ bạn đọc, năm 2030: 40 máy → 50 máy" in administrator.words
    assert "Thông qua" not in administrator.buttons()
    assert "Rút đề xuất" in administrator.buttons()
    chair = place.sign_in("chutich").open(Page.TARGETS)
    chair.give("adopt-sure-1", True).press("adopt-1")
    assert "đã thông qua, thành phiên bản 2" in chair.words
    assert "Phiên bản 2 của bộ chỉ số" in chair.words
    assert place.application.newest_framework("qd206").framework.version == 2


@pytest.mark.parametrize(
    ("value", "day", "said"),
    [
        pytest.param("", "20/11/2026", "ô «Giá trị mới» để trống", id="no value"),
        pytest.param("0", "20/11/2026", "0 không vượt quá điểm không (0) của A2", id="the zero point"),
        pytest.param("nhiều", "20/11/2026", "không phải là một con số", id="no number"),
        pytest.param("50", "31/02/2026", "không phải là ngày", id="no day"),
    ],
)
def test_a_faulty_proposal_is_told_in_one_sentence_and_not_recorded(
    place: Place, value: str, day: str, said: str
):
    tab = fill(place.sign_in("quantri").open(Page.TARGETS), value, "Điều 1", day, "Lý do")
    assert said in tab.words
    assert place.store.proposals.all() == ()


NEW = {
    "Số hiệu": "15/NQ-HĐND",
    "Ngày ban hành (ngày/tháng/năm)": "01/07/2026",
    "Tên văn bản": "Nghị quyết giả định về thư viện",
    "Cơ quan ban hành": "Hội đồng nhân dân tỉnh giả định",
    "Địa chỉ trên mạng hoặc tên tệp (nếu có)": "https://example.org/nghi-quyet",
}


def fill_new(tab: Tab, **wrong: str) -> Tab:
    """Propose 50 for A2 by a document that is typed; `wrong` goes by the first word of a field."""
    choices = {field.label: field for field in tab.app.selectbox}
    assert not [field for field in tab.app.text_input if field.label == "Số hiệu"]
    choices["Văn bản"].set_value("khac")
    tab.run()
    for field in tab.app.text_input:
        if field.label in NEW:
            first = field.label.split()[0].replace("Số", "so").replace("Địa", "dia").replace("Ngày", "ngay")
            field.set_value(wrong.get(first, NEW[field.label]))
    by_label = {field.label: field for field in tab.app.text_input}
    by_label["Giá trị mới (%, mức, số mục hoặc con số)"].set_value("50")
    by_label["Điều, khoản"].set_value("Điều 2")
    by_label["Ngày đối chiếu (ngày/tháng/năm)"].set_value("23/11/2026")
    tab.app.text_area[0].set_value("Máy nhiều hơn")
    choices = {field.label: field for field in tab.app.selectbox}
    choices["Chỉ số hoặc chỉ tiêu"].set_value("A2")
    choices["Năm"].set_value(2030)
    return tab.press(FORM)


@pytest.mark.parametrize("login", ["quantri", "chutich"])
def test_a_document_typed_with_a_proposal_stands_everywhere_once_it_is_adopted(place: Place, login: str):
    tab = fill_new(place.sign_in(login).open(Page.TARGETS))
    said = "Văn bản mới: 15/NQ-HĐND ngày 01/07/2026, Hội đồng nhân dân tỉnh giả định"
    assert said in tab.words
    assert "15/NQ-HĐND" not in place.sign_in("laichau").open(Page.METHOD).words
    chair = place.sign_in("chutich").open(Page.TARGETS)
    chair.give("adopt-sure-1", True).press("adopt-1")
    assert "đã thông qua, thành phiên bản 2" in chair.words
    reader = place.sign_in("laichau").open(Page.TARGETS, chi_so="A2")
    assert "50 máy" in reader.words
    assert "15/NQ-HĐND · Điều 2 · đối chiếu ngày 23/11/2026" in reader.words
    again = {field.label: field for field in chair.run().app.selectbox}["Văn bản"]
    assert any(option.startswith("15/NQ-HĐND · Nghị quyết giả định") for option in again.options)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"so": ""}, "ô «Số hiệu» để trống"),
        ({"so": "206/QĐ-TTg", "ngay": "1/1/2099"}, "ngày ban hành 01/01/2099 ở sau hôm nay"),
        ({"ngay": "hôm qua"}, "«hôm qua» không phải là ngày"),
        ({"dia": "javascript:alert(1)"}, "không phải địa chỉ http, https hay tên tệp"),
    ],
)
def test_a_faulty_new_document_is_told_and_nothing_typed_is_lost(
    place: Place, wrong: dict[str, str], said: str
):
    tab = fill_new(place.sign_in("quantri").open(Page.TARGETS), **wrong)
    assert said in tab.words
    assert place.store.proposals.all() == ()
    kept = {field.label: field.value for field in tab.app.text_input}
    assert kept["Tên văn bản"] == NEW["Tên văn bản"]
    assert kept["Cơ quan ban hành"] == NEW["Cơ quan ban hành"]
    assert kept["Điều, khoản"] == "Điều 2"
    assert tab.app.text_area[0].value == "Máy nhiều hơn"


def test_a_proposal_is_withdrawn_by_whoever_made_it(place: Place):
    number = propose(place)
    place.sign_in("quantri").open(Page.TARGETS).press(f"withdraw-{number}")
    assert place.store.proposals.all()[0].state is ProposalState.WITHDRAWN


def test_an_adopted_target_changes_no_open_or_published_round(place: Place):
    before = {
        round_id: place.sign_in("chutich").open(Page.RESULT, dot=round_id, thu_vien="son_la").words
        for round_id in (OPEN, PUBLISHED)
    }
    checksums = {one.id: one.checksum for one in place.store.rounds.all()}
    adopt(place, propose(place))
    assert {one.id: one.checksum for one in place.store.rounds.all()} == checksums
    after = place.sign_in("chutich").open(Page.RESULT, dot=OPEN, thu_vien="son_la").words
    assert after == before[OPEN]
    assert "Chính thức" not in before[PUBLISHED]


def test_a_published_round_is_scored_again_by_another_version_and_says_so(place: Place):
    adopt(place, propose(place))
    newest = place.store.frameworks.newest("qd206")
    assert newest is not None
    report = place.application.report(PUBLISHED)
    assert report is not None
    machines = report.responses["son_la"].answer("A2").value
    assert machines is not None
    tab = place.sign_in("chutich").open(Page.RESULT, dot=PUBLISHED, thu_vien="son_la")
    assert "Không phải kết quả chính thức" not in tab.words
    anew = place.sign_in("chutich").open(
        Page.RESULT, dot=PUBLISHED, thu_vien="son_la", phuong_phap=newest[0].checksum[:12]
    )
    assert "Không phải kết quả chính thức: đợt này được chấm lại theo phương pháp phiên bản 2" in anew.words
    assert newest[0].checksum[:12] in anew.words
    other = place.application.report_under(PUBLISHED, newest[0].checksum)
    assert other is not None
    row, column = report.self_card.row("son_la"), report.self_card.matrix.indicators.index("A2")
    assert report.self_card.points[row, column] == pytest.approx(25 * min(1, machines / 40))
    assert other.self_card.points[row, column] == pytest.approx(25 * min(1, machines / 80))
    assert place.application.report(PUBLISHED) is report
    federation = place.sign_in("chutich").open(
        Page.FEDERATION, dot=PUBLISHED, xem="tat-ca", phuong_phap=newest[0].checksum[:12]
    )
    assert "Không phải kết quả chính thức" in federation.words
    assert "Những nhóm phân biệt được" not in federation.words


def test_a_round_that_is_still_open_is_not_scored_by_other_versions(place: Place):
    adopt(place, propose(place))
    newest = place.store.frameworks.newest("qd206")
    assert newest is not None
    words = (
        place.sign_in("chutich")
        .open(Page.RESULT, dot=OPEN, thu_vien="son_la", phuong_phap=newest[0].checksum[:12])
        .words
    )
    assert "Không phải kết quả chính thức" not in words
    assert place.round().state is RoundState.OPEN


def test_a_kept_text_has_the_checksum_that_is_shown(place: Place):
    adopt(place, propose(place))
    for kept in place.store.frameworks.kept():
        assert sha256(place.store.frameworks.text(kept.checksum).encode()).hexdigest() == kept.checksum
    words = place.sign_in("laichau").open(Page.TARGETS).words
    assert all(kept.checksum[:12] in words for kept in place.store.frameworks.kept())


def test_a_round_that_is_opened_later_uses_the_adopted_version(place: Place):
    adopt(place, propose(place))
    given = {
        "Tên đợt": "Đợt đánh giá năm 2026",
        "Mã đợt": "2026",
        "Số liệu chốt ngày": "31/12/2026",
        "Mở ngày": "01/01/2027",
        "Hạn gửi": "31/01/2027",
    }
    chair = place.sign_in("chutich").open(Page.ROUNDS)
    for label, words in given.items():
        next(one for one in chair.app.text_input if one.label.startswith(label)).set_value(words)
    chair.press("Thêm đợt")
    shown = place.application.report("2026")
    assert shown is not None
    adopt(place, propose(place, subject="A3", value=500))
    again = place.application.report("2026")
    assert again is not None
    assert (shown.framework.version, again.framework.version) == (2, 3)
    chair.give(f"sure-2026-{RoundState.DRAFT}", True).press("2026-open")
    opened = place.round("2026")
    newest = place.store.frameworks.newest("qd206")
    assert newest is not None
    assert (opened.framework_version, opened.checksum) == (3, newest[0].checksum)
    framework = place.application.framework(opened)
    assert framework.indicators["A2"].target(2030).value == 80
