"""Evidence files through plain routes: who may give one, who may have one, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from evidence_files import BAD, PDF, WORD
from httpx2 import Response

from api.multipart import FIELDS_AND_HEADS
from survey.access import Role
from survey.evidence import LARGEST
from survey.practice import Practice
from survey.response import Answer, AnswerState
from survey.rounds import RoundState
from survey.store import Sending, Store
from test_api.visiting import ACCOUNTS, Open, Visit, alerts, hidden_fields

OPEN, PUBLISHED = RoundState.OPEN.value, RoundState.PUBLISHED.value
PAGE, LIBRARY, OTHER = "/tai-len?cau=X1", "son_la", "lai_chau"


def give(browser: Visit, name: str = "Quyết định 12.pdf", content: bytes = PDF, **fields: str) -> Response:
    hidden = hidden_fields(browser.open(PAGE).text)
    hidden.pop("kho", None)
    return browser.client.post(PAGE, data={**hidden, **fields}, files={"tep": (name, content)})


def documents(store: Store, library: str = LIBRARY) -> list[str]:
    answer = store.answers.response(OPEN, library).answer("X1")
    return [document.file_name for document in answer.evidence]


@pytest.fixture
def library(visit: Open) -> Visit:
    return visit().signed_in("thuvien")


def test_a_file_that_is_given_stands_at_the_answer_and_on_the_shelf(library: Visit):
    answer = give(library)
    assert answer.status_code == 200
    assert "Đã nhận và gắn tệp «Quyết định 12.pdf» vào câu X1." in answer.text
    assert documents(library.store) == ["Quyết định 12.pdf"]
    [file] = library.store.evidence.all(LIBRARY)
    assert f"/tep/{OPEN}/{LIBRARY}/{file.sha256}" in answer.text
    assert 'href="/tra-loi?muc=X&amp;cau=X1"' in answer.text


def test_the_figures_that_somebody_saved_meanwhile_stay(library: Visit):
    page = hidden_fields(library.open(PAGE).text)
    figures = Answer(state=AnswerState.ANSWERED, numerator=3.0, denominator=4.0)
    library.store.answers.save(OPEN, LIBRARY, "X1", figures, opened_revision=0, by="nhap")
    library.client.post(PAGE, data=page, files={"tep": ("a.pdf", PDF)})
    answer = library.store.answers.response(OPEN, LIBRARY).answer("X1")
    assert (answer.numerator, answer.denominator) == (3.0, 4.0)
    assert documents(library.store) == ["a.pdf"]


def test_a_file_of_the_shelf_is_used_again_and_the_same_one_only_once(library: Visit):
    give(library)
    [file] = library.store.evidence.all(LIBRARY)
    give(library)
    assert documents(library.store) == ["Quyết định 12.pdf"]
    elsewhere = "/tai-len?cau=Y1"
    assert "Quyết định 12.pdf" in library.open(elsewhere).text
    hidden = {**hidden_fields(library.open(elsewhere).text), "kho": file.sha256}
    library.client.post(elsewhere, data=hidden, files={"tep": ("", b"")})
    answer = library.store.answers.response(OPEN, LIBRARY).answer("Y1")
    assert [document.file for document in answer.evidence] == [file.sha256]


@pytest.mark.parametrize(("name", "content", "said"), BAD[::6])
def test_what_may_harm_is_told_and_nothing_is_kept(library: Visit, name: str, content: bytes, said: str):
    answer = give(library, name, content)
    if name:
        assert answer.status_code in (413, 422)
        assert any(said in words for words in alerts(answer))
    assert documents(library.store) == []
    assert library.store.evidence.all(LIBRARY) == ()


def test_a_file_that_is_too_large_is_told_whether_or_not_its_size_was(library: Visit):
    told = give(library, "to.pdf", PDF + b" " * LARGEST)
    assert told.status_code == 413
    assert "lớn hơn 10 MB" in alerts(told)[0]

    def endless() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="tep"; filename="a.pdf"\r\n\r\n'
        for _ in range((LARGEST + 2 * FIELDS_AND_HEADS) >> 16):
            yield b" " * (1 << 16)

    secret = library.client.post(
        PAGE, content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert secret.status_code == 413
    assert library.store.evidence.all(LIBRARY) == ()


def test_a_form_that_is_not_ours_or_none_at_all_gives_nothing(library: Visit):
    foreign = library.client.post(PAGE, data={"bieu_mau": "00"}, files={"tep": ("a.pdf", PDF)})
    assert foreign.status_code == 403
    broken = library.client.post(PAGE, content=b"nothing", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 403
    empty = library.client.post(PAGE, data=hidden_fields(library.open(PAGE).text), files={"khac": ("", b"")})
    assert "Chưa chọn tệp nào" in alerts(empty)[0]
    assert documents(library.store) == []


def test_more_documents_than_an_answer_may_have_are_refused(library: Visit):
    for number in range(5):
        assert give(library, f"{number}.pdf", PDF + b"%" * number + b"\nstartxref\n%%EOF").status_code == 200
    page = library.open(PAGE).text
    assert "đã có 5 tài liệu" in page
    assert 'type="file"' not in page


def test_a_response_that_was_sent_takes_no_files(library: Visit):
    page = hidden_fields(library.open(PAGE).text)
    library.store.answers.submit(OPEN, LIBRARY, by="thuvien")
    answer = library.client.post(PAGE, data=page, files={"tep": ("a.pdf", PDF)})
    assert answer.status_code == 422
    assert "Phiếu đã gửi nên không thêm tệp được nữa" in library.open(PAGE).text
    assert documents(library.store) == []


@pytest.mark.parametrize("login", ACCOUNTS)
@pytest.mark.parametrize("address", [PAGE, "/tai-len", "/tai-len?cau=Z1", "/tai-len?cau=khong-co"])
def test_only_a_librarys_people_give_files_and_only_to_questions_that_score(
    visit: Open, login: str, address: str
):
    browser = visit().signed_in(login)
    may = ACCOUNTS[login][0] in (Role.DIRECTOR, Role.ENTRY) and address == PAGE
    assert browser.open(address).status_code == (200 if may else 404)
    answer = browser.client.post(address, data={}, files={"tep": ("a.pdf", PDF)})
    assert answer.status_code == (403 if may else 404)


def test_a_stranger_is_led_to_the_sign_in_page(visit: Open):
    for answer in (visit().open(PAGE), visit().client.post(PAGE, files={"tep": ("a.pdf", PDF)})):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/dang-nhap")
    assert visit().open(f"/tep/{OPEN}/{LIBRARY}/{'0' * 64}").status_code == 303


@pytest.fixture
def given(library: Visit) -> str:
    """The digest of a file that the library gave in the open round, and used in the published one."""
    give(library)
    [file] = library.store.evidence.all(LIBRARY)
    answer = library.store.answers.response(OPEN, LIBRARY).answer("X1")
    library.store.answers.import_answers(PUBLISHED, {LIBRARY: {"X1": answer}}, by="tests")
    return file.sha256


@pytest.mark.parametrize("round_id", [OPEN, PUBLISHED])
@pytest.mark.parametrize("login", [*ACCOUNTS, "khac"])
def test_a_file_goes_to_those_who_may_read_the_response(visit: Open, given: str, login: str, round_id: str):
    browser = visit()
    browser.store.accounts.add("khac", "Khác", Role.DIRECTOR, OTHER, "một câu dễ nhớ lắm", "tests")
    role, library = {**ACCOUNTS, "khac": (Role.DIRECTOR, OTHER)}[login]
    may = library == LIBRARY or role is Role.CHAIR or (round_id == PUBLISHED and role is Role.OFFICIAL)
    answer = browser.signed_in(login).open(f"/tep/{round_id}/{LIBRARY}/{given}")
    assert answer.status_code == (200 if may else 404)
    assert (answer.content == PDF) is may


def share(
    store: Store, question: str = "X1", *, evidence: bool = True, round_id: str = PUBLISHED
) -> Practice:
    told = Practice(round_id, LIBRARY, question, "Làm từng bước.", evidence, "thuvien", datetime.now(UTC))
    return store.practices.share(told)


@pytest.fixture
def other(visit: Open) -> Visit:
    """Somebody of another member library."""
    browser = visit()
    browser.store.accounts.add("khac", "Khác", Role.ENTRY, OTHER, "một câu dễ nhớ lắm", "tests")
    return browser.signed_in("khac")


def status(browser: Visit, digest: str, round_id: str = PUBLISHED) -> int:
    return browser.open(f"/tep/{round_id}/{LIBRARY}/{digest}").status_code


def test_another_member_opens_a_file_as_long_as_its_library_agrees(given: str, other: Visit):
    assert status(other, given) == 404, "nothing was shared"
    shared = share(other.store)
    assert other.open(f"/tep/{PUBLISHED}/{LIBRARY}/{given}").content == PDF
    other.store.practices.withdraw(shared, by="thuvien")
    assert status(other, given) == 404, "it was taken back"


def test_words_alone_open_no_file(given: str, other: Visit):
    share(other.store, evidence=False)
    assert status(other, given) == 404


def test_what_was_agreed_for_one_indicator_opens_no_file_of_another_one(given: str, other: Visit):
    store = other.store
    elsewhere = Answer(state=AnswerState.ANSWERED, numerator=1.0, denominator=2.0)
    store.answers.import_answers(PUBLISHED, {LIBRARY: {"Y1": elsewhere}}, by="tests")
    share(store, "Y1")
    assert status(other, given) == 404


def test_what_was_agreed_before_publication_opens_nothing_yet(given: str, other: Visit):
    share(other.store, round_id=OPEN)
    assert status(other, given, OPEN) == 404
    assert status(other, given) == 404, "the other round was not agreed to"


@pytest.mark.parametrize("login", ["thamdinh", "quantri"])
def test_what_is_shared_among_members_is_for_nobody_else(visit: Open, given: str, login: str):
    browser = visit().signed_in(login)
    share(browser.store)
    assert status(browser, given) == 404


def test_an_official_of_another_province_has_no_shared_file(visit: Open, given: str):
    browser = visit()
    browser.store.accounts.add("so.khac", "Sở", Role.OFFICIAL, OTHER, "một câu dễ nhớ lắm", "tests")
    share(browser.store)
    assert status(browser.signed_in("so.khac"), given) == 404


def test_a_named_reviewer_has_the_file_once_the_response_was_sent(visit: Open, given: str):
    browser = visit().signed_in("thamdinh")
    store, address = browser.store, f"/tep/{OPEN}/{LIBRARY}/{given}"
    people = {login: store.accounts.by_login(login) for login in ("thamdinh", "chutich", "thuvien")}
    assert browser.open(address).status_code == 404, "nobody was named"
    store.cycle.assign(OPEN, LIBRARY, people["thamdinh"].id, people["chutich"])
    assert browser.open(address).status_code == 404, "the response is a draft"
    store.cycle.submit(OPEN, LIBRARY, people["thuvien"], Sending("Lò Văn Sơn", "Tôi xác nhận", after=0))
    assert browser.open(address).content == PDF
    store.cycle.unassign(OPEN, LIBRARY, people["thamdinh"].id, people["chutich"])
    assert browser.open(address).status_code == 404


def test_a_file_leaves_as_an_attachment_that_no_browser_runs(library: Visit, given: str):
    headers = library.open(f"/tep/{OPEN}/{LIBRARY}/{given}").headers
    assert headers["content-disposition"].startswith(
        'attachment; filename="Quy-t---nh-12.pdf"; filename*=UTF-8'
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..%2F..%2Fapi.db", "%00", "../../api.db"])
def test_what_is_no_file_of_the_response_is_not_there(library: Visit, digest: str):
    assert library.open(f"/tep/{OPEN}/{LIBRARY}/{digest}").status_code == 404


def test_a_file_of_another_librarys_shelf_is_not_there_under_ones_own_name(visit: Open, given: str):
    browser = visit()
    browser.store.accounts.add("khac", "Khác", Role.DIRECTOR, OTHER, "một câu dễ nhớ lắm", "tests")
    browser.signed_in("khac")
    assert browser.open(f"/tep/{OPEN}/{OTHER}/{given}").status_code == 404
    hidden = {**hidden_fields(browser.open(PAGE).text), "kho": given}
    answer = browser.client.post(PAGE, data=hidden, files={"tep": ("", b"")})
    assert "Chưa chọn tệp nào" in alerts(answer)[0]


def test_an_altered_file_is_not_handed_out(library: Visit, given: str):
    folder = library.store.evidence._folder
    (folder / given[:2] / given).write_bytes(WORD)
    answer = library.open(f"/tep/{OPEN}/{LIBRARY}/{given}")
    assert answer.status_code == 503
    assert WORD not in answer.content
    assert "không còn nguyên vẹn" in answer.text
