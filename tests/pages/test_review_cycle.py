"""The cycle by clicks: sent with a receipt, decided, returned, explained, decided again, accepted."""

from datetime import timedelta

from pages.places import OPEN, Place
from survey.access import Page
from survey.response import ResponseState
from survey.review import Ruling, ThreadState, Verdict
from survey.store import Indicator

BAC_NINH, CAO_BANG, SON_LA = "bac_ninh_2025", "cao_bang", "son_la"


def test_a_director_certifies_gets_a_receipt_and_can_withdraw(place: Place):
    tab = place.sign_in("phutho").open(Page.CHECK)
    tab.give("send with gaps", True).give("certified", True).give("sending.name", "Trần Thị Hoa")
    tab.press("Gửi phiếu")
    [sent] = place.store.cycle.submissions(OPEN, "phu_tho_2025")
    assert (sent.name, sent.number) == ("Trần Thị Hoa", 1)
    assert sent.certified.startswith("Tôi xác nhận số liệu")
    for shown in (sent.receipt, "Trần Thị Hoa", "Tôi xác nhận số liệu", sent.digest[:16]):
        assert shown in tab.words
    tab.give("sure to withdraw", True).press("Thu hồi phiếu")
    assert place.response("phu_tho_2025").state is ResponseState.DRAFT
    assert "Gửi phiếu" in tab.buttons()


def test_whoever_enters_figures_cannot_withdraw(place: Place):
    assert "Thu hồi phiếu" not in place.sign_in("caobang.nhap").open(Page.CHECK).buttons()


def test_the_certification_comes_before_the_sending(place: Place):
    tab = place.sign_in("phutho").open(Page.CHECK).give("send with gaps", True)
    [button] = [one for one in tab.app.button if one.label == "Gửi phiếu"]
    assert button.disabled


def test_a_reviewer_decides_with_one_click(place: Place):
    tab = place.sign_in("thamdinh").open(Page.APPRAISAL, thu_vien=CAO_BANG, muc="A")
    tab.app.button(key=f"met:{CAO_BANG}/A1").click()
    tab.run()
    decision = place.store.cycle.file(OPEN, CAO_BANG).decision("A1")
    assert decision is not None
    assert (decision.verdict, decision.by) == (Verdict.MET, "thamdinh")
    assert place.response(CAO_BANG).state is ResponseState.UNDER_REVIEW


def test_a_reviewer_reduces_with_a_reason_a_value_and_words(place: Place):
    tab = place.sign_in("thamdinh").open(Page.APPRAISAL, thu_vien=CAO_BANG, muc="B")
    key = f"{CAO_BANG}/B3"
    tab.unfold(f"other:{key}:0").give(f"{key}.verdict", Verdict.REDUCED)
    tab.give(f"{key}.numerator", "90").give(f"{key}.words", "Danh mục chỉ có 90 tài liệu.")
    tab.app.button(key=f"record:{key}").click()
    tab.run()
    entry = place.entry(CAO_BANG, "B3")
    assert entry.reduced is not None
    assert (entry.answer.numerator, entry.reduced.numerator, entry.reduced.denominator) == (96, 90, 282)
    assert "theo thẩm định: 90/282" in tab.words
    assert "Danh mục chỉ có 90 tài liệu." in tab.words


def test_a_value_that_earns_more_or_cannot_be_read_is_refused_in_words(place: Place):
    tab = place.sign_in("thamdinh").open(Page.APPRAISAL, thu_vien=CAO_BANG, muc="B")
    key = f"{CAO_BANG}/B3"
    tab.unfold(f"other:{key}:0").give(f"{key}.verdict", Verdict.REDUCED).give(f"{key}.words", "Sửa")
    for typed, said in (
        ("200", "cao hơn thư viện tự chấm"),
        ("chín mươi", "không phải là một con số"),
        ("300", "không thể lớn"),
    ):
        tab.give(f"{key}.numerator", typed)
        tab.app.button(key=f"record:{key}").click()
        tab.run()
        assert said in tab.words
    assert place.store.cycle.file(OPEN, CAO_BANG).decision("B3") is None


def test_the_loser_of_two_decisions_sees_both(place: Place):
    tab = place.sign_in("thamdinh").open(Page.APPRAISAL, thu_vien=CAO_BANG, muc="A")
    about = Indicator(OPEN, CAO_BANG, "A1", place.entry(CAO_BANG, "A1").revision)
    asked = Ruling(Verdict.MORE, "unclear", "Đề nghị nói rõ.")
    place.store.cycle.decide(about, asked, place.person("chutich"))
    tab.app.button(key=f"met:{CAO_BANG}/A1").click()
    tab.run()
    for said in ("CHƯA ghi ý kiến thẩm định", "Ý kiến đang được ghi", "chutich", "Ý kiến của bạn, chưa ghi"):
        assert said in tab.words


def test_the_same_question_stands_side_by_side(place: Place):
    words = place.sign_in("thamdinh").open(Page.APPRAISAL, cach="chi-so", cau="B3").words
    for shown in ("Bắc Ninh", "305/616", "Cao Bằng", "96/282", "Lạng Sơn", "163/361", "Lào Cai"):
        assert shown in words


def test_over_claims_are_told_by_library_and_indicator(place: Place):
    words = place.sign_in("thamdinh").open(Page.APPRAISAL, cach="chenh-lech").words
    # 305 of 616 was claimed and 285 let stand: 50 points x 20/616.
    assert "1,62" in words
    assert "B3 · " in words


def test_a_returned_response_is_open_where_it_was_asked_and_locked_elsewhere(place: Place):
    tab = place.sign_in("sonla").open(Page.ANSWER, muc="A")
    assert "2 câu đang mở để sửa" in tab.words
    assert "Tài liệu kiểm chứng mới là tờ trình" in tab.words
    assert tab.has("A8.value")
    assert not tab.has("A2.value")
    tab.unfold("reply:A8").give("reply/A8.words", "Quyết định sẽ có trong tháng 12.").press("Gửi giải trình")
    file = place.store.cycle.file(OPEN, SON_LA)
    assert file.thread("A8") is ThreadState.ANSWERED
    assert "Quyết định sẽ có trong tháng 12." in tab.words


def test_the_whole_way_from_the_return_to_the_acceptance(place: Place):
    reviewer = place.sign_in("thamdinh").open(Page.APPRAISAL, thu_vien=BAC_NINH, muc="B")
    reviewer.press("Trả lại 1 chỉ số để bổ sung")
    assert place.response(BAC_NINH).opened == {"B7"}
    library = place.sign_in("bacninh").open(Page.ANSWER, muc="B").give("B7.numerator", "2.000")
    library.open(Page.CHECK)
    if library.has("send with gaps"):
        library.give("send with gaps", True)
    library.give("certified", True).press("Gửi phiếu")
    assert place.response(BAC_NINH).state is ResponseState.UNDER_REVIEW
    reviewer.open(Page.APPRAISAL, thu_vien=BAC_NINH, muc="B")
    reviewer.app.button(key=f"met:{BAC_NINH}/B7").click()
    reviewer.run()
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien=BAC_NINH).press("Duyệt phiếu")
    response = place.response(BAC_NINH)
    assert response.state is ResponseState.ACCEPTED
    assert (response.entry("B7").verified, response.entry("C1").verified) == (True, False)
    chair.press("Mở lại để thẩm định")
    assert place.response(BAC_NINH).state is ResponseState.UNDER_REVIEW


def test_the_chair_names_a_reviewer_and_grants_an_exception(place: Place):
    chair = place.sign_in("chutich").open(Page.APPRAISAL, dot=OPEN, cach="phan-cong")
    before = len(place.store.cycle.assignments(OPEN))
    chair.field("naming.person").set_value("caobang")
    chair.press("Phân công")
    assert len(place.store.cycle.assignments(OPEN)) == before + 1
    chair.field("late.day").set_value("15/02/2027")
    chair.field("late.reason").set_value("Lũ quét")
    chair.press("Gia hạn")
    [granted] = place.store.cycle.late_exceptions(OPEN).values()
    assert granted.reason == "Lũ quét"
    assert "15/02/2027" in chair.words
    chair.press("Thôi phân công")
    assert len(place.store.cycle.assignments(OPEN)) == before


def test_the_first_page_says_what_the_review_waits_for(place: Place):
    words = place.sign_in("sonla").open(Page.HOME).words
    assert "Bước tiếp theo: sửa hoặc giải trình 1 câu được trả lại." in words
    place.store.cycle.reply(OPEN, "son_la", "A8", "Đã có quyết định phê duyệt", place.person("sonla"))
    assert "Bước tiếp theo: gửi phiếu." in place.sign_in("sonla").open(Page.HOME).words
    assert "2 ý kiến thẩm định chờ thư viện giải trình." in place.sign_in("bacninh").open(Page.HOME).words
    assert "phân công thẩm định 1 phiếu" in place.sign_in("thainguyen").open(Page.HOME).words


def test_a_library_with_a_later_day_of_its_own_reads_that_day(place: Place):
    last = place.round(OPEN).closes_on + timedelta(days=12)
    place.store.cycle.grant_late(OPEN, "lai_chau", last, "Mưa lũ", place.person("chutich"))
    words = place.sign_in("laichau").open(Page.HOME).words
    assert f"Hạn gửi {last:%d/%m/%Y}" in words
    assert "gia hạn riêng" in words
