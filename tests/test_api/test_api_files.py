"""A round's files: who gets them, what they are called, and that they are built once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api import Site
from report.rank_study import RankStudy
from report.round_report import RoundReport
from survey.access import Role
from survey.rounds import RoundState
from survey.store import Store
from survey.text import Language
from test_api.visiting import ACCOUNTS, Open

KINDS = ("xlsx", "csv")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("login", ACCOUNTS)
def test_files_go_to_whoever_may_export_the_round_and_are_not_there_for_others(
    visit: Open, login: str, state: RoundState, kind: str
):
    role, _ = ACCOUNTS[login]
    may = role is Role.CHAIR or (role is Role.OFFICIAL and state is RoundState.PUBLISHED)
    browser = visit().signed_in(login)
    answer = browser.open(f"/tai/{state}.{kind}")
    assert answer.status_code == (200 if may else 404)
    if not may:
        assert "Không tìm thấy trang này" in answer.text


@pytest.mark.parametrize(
    "name", ["2099.xlsx", "published.pdf", "published", ".xlsx", "xlsx", "published.xlsx.csv", "%2e%2e.csv"]
)
def test_a_file_that_nobody_made_is_not_there(visit: Open, name: str):
    assert visit().signed_in("chutich").open(f"/tai/{name}").status_code == 404


@pytest.mark.parametrize("name", ["published.xlsx", "2099.xlsx"])
def test_a_stranger_is_led_to_the_sign_in_page_and_back(visit: Open, name: str):
    assert visit().open(f"/tai/{name}").headers["location"] == f"/dang-nhap?tiep=%2Ftai%2F{name}"


def test_a_round_without_a_report_is_not_there(visit: Open):
    assert visit(reports=lambda _: None).signed_in("chutich").open("/tai/open.xlsx").status_code == 404


def test_the_workbook_opens_and_is_not_kept_by_anybody(visit: Open):
    answer = visit().signed_in("canbo").open("/tai/published.xlsx")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Tổng hợp" in load_workbook(BytesIO(answer.content)).sheetnames


def test_the_csv_carries_the_mark_that_excel_needs(visit: Open):
    content = visit().signed_in("canbo").open("/tai/published.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1


def test_the_name_has_round_and_version_for_old_and_new_browsers(visit: Open, site: Site):
    version = site.reports("published").round.data_version
    named = visit().signed_in("canbo").open("/tai/published.xlsx").headers["content-disposition"]
    assert named == (
        f'attachment; filename="Thuoc-So_published_v{version}.xlsx"; '
        f"filename*=UTF-8''Th%C6%B0%E1%BB%9Bc-S%E1%BB%91_published_b%E1%BA%A3n-{version}.xlsx"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_sample_files_say_so_in_their_names(visit: Open, site: Site, kind: str):
    reports = lambda round_id: replace(site.reports(round_id), sample=True)  # noqa: E731
    named = visit(reports=reports, sample=True).signed_in("canbo").open(f"/tai/published.{kind}")
    assert named.headers["content-disposition"].startswith('attachment; filename="MINH-HOA-')


def test_a_workbook_is_built_once_for_each_version_and_language(
    visit: Open, site_store: Store, monkeypatch: pytest.MonkeyPatch
):
    built = []

    def build(
        report: RoundReport,
        *,
        generated_at: datetime,
        language: Language,
        compare: Sequence[RoundReport],
        study: RankStudy,
        verified_study: RankStudy | None,
    ) -> bytes:
        for found in (study, verified_study):
            assert found is None or set(found.ranking.libraries) <= set(report.responses)
        built.append((report.round.id, language, [one.round.id for one in compare]))
        return b"PK" + generated_at.isoformat().encode()

    monkeypatch.setattr("api.files.round_workbook", build)
    browser = visit().signed_in("chutich")
    first = browser.open("/tai/closed.xlsx").content
    assert browser.open("/tai/closed.xlsx").content == first
    assert built == [("closed", "vi", ["published"])]
    site_store.accounts.set_language(site_store.accounts.by_login("chutich").id, "en")
    browser.open("/tai/closed.xlsx")
    site_store.rounds.change_state("closed", RoundState.OPEN, "tests")
    browser.open("/tai/closed.xlsx")
    assert [language for _, language, _ in built] == ["vi", "en", "en"]


def test_the_last_few_files_are_kept():
    from api.kept_files import KeptFiles

    files, built = KeptFiles(most=2), []

    def get(key: str) -> bytes:
        return files.get(key, lambda: built.append(key) or key.encode())

    for key in ("a", "b", "a", "c", "a", "b"):
        assert get(key) == key.encode()
    assert built == ["a", "b", "c", "b"]


def test_an_official_of_one_province_takes_no_file_and_no_picture_with_names(visit: Open, site_store: Store):
    site_store.accounts.add("so", "Sở Sơn La", Role.OFFICIAL, "son_la", "một câu dài hơn", by="tests")
    browser = visit().signed_in("so")
    for path in (
        "/tai/published.xlsx",
        "/tai/published.csv",
        "/tai-ve",
        "/anh/ban-do.png?dot=published",
        "/anh/ma-tran.png?dot=published",
        "/anh/qua-cac-dot.png?dot=published",
        "/anh/tru-cot.png?dot=published&thu-vien=lai_chau",
        "/anh/khong-cach.png?dot=open",
    ):
        assert browser.open(path).status_code == 404, path
