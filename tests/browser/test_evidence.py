"""A library's person gives a file for an answer and takes it away again, in a real browser."""

import pytest
from evidence_files import PDF
from playwright.sync_api import expect

from browser.conftest import Arrive
from browser.visits import PHONE

pytestmark = pytest.mark.browser


def test_a_file_is_given_shown_at_the_question_and_had_again(arrive: Arrive):
    visit = arrive(viewport=PHONE).sign_in("laichau")
    page = visit.page
    page.goto(f"{visit.server.url}/tai-len?cau=A6")
    file = {"name": "Quy trình sao lưu.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#tep").set_input_files(files=[file])
    expect(page.get_by_text("Quy trình sao lưu.pdf")).to_be_visible()
    assert "Choose" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_text("Đã nhận và gắn tệp «Quy trình sao lưu.pdf» vào câu A6.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Quy trình sao lưu.pdf").click()
    assert taken.value.suggested_filename == "Quy trình sao lưu.pdf"
    assert taken.value.path().read_bytes() == PDF
    page.get_by_role("link", name="Trở lại câu A6").click()
    visit.settle()
    visit.card("A6").locator("summary", has_text="Tài liệu kiểm chứng").click()
    expect(visit.card("A6").get_by_role("link", name="Quy trình sao lưu.pdf")).to_be_visible()
    assert "Quy trình sao lưu.pdf" in visit.open("/tai-lieu").words()
