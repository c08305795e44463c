"""Every form of the server, sent by everybody: without its token, from another site, and a file with all of it."""

from collections.abc import Sequence
from typing import Any

from benchmarks.faults.access_browser import COOKIE, Answered, Browser
from benchmarks.faults.access_count import Count, changed
from benchmarks.faults.access_people import ASKED_FOR, KINDS, PASSWORD, Kind
from survey.response import ResponseState as R

NEW = "một câu khác dễ nhớ"
# Filled in so that only the missing token stands in the way.
FORMS: dict[str, dict[str, str]] = {
    "/dang-nhap": {"username": "chair", "password": PASSWORD},
    "/dang-nhap/ma": {"code": "000000"},
    "/dang-xuat": {},
    "/ngon-ngu": {"ngon-ngu": "en"},
    "/thiet-lap": {"ma": "x", "username": "x", "name": "X", "password": NEW, "again": NEW},
    "/loi-moi": {"ma": "x", "username": "x", "name": "X", "password": NEW, "again": NEW},
    "/dat-lai-mat-khau": {"ma": "x", "password": NEW, "again": NEW},
    "/doi-mat-khau": {"old": PASSWORD, "password": NEW, "again": NEW},
    "/xac-thuc-hai-lop": {"password": PASSWORD, "viec": "tat"},
    "/tai-len?cau=A2": {"kho": "0" * 64},
    "/trang-chu": {},
    "/tai/published.csv": {},
}
KEEP_ALIVE = "/phien"
FOREIGN = {
    "from another site": {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"},
    "from a page that hides its address": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
}
WAYS: dict[str, dict[str, str]] = {"without its token": {}, **FOREIGN}
UPLOAD = "/tai-len?cau=A2"
PDF = b"%PDF-1.7\n% new\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def try_forms(browser: Browser, count: Count, kinds: Sequence[Kind] = KINDS) -> None:
    for kind in kinds:
        browser.become(kind)
        for path, fields in FORMS.items():
            for way, headers in WAYS.items():
                _send(browser, kind, f"POST {path} {way}", path, {**fields}, headers, count)
        answer = browser.post(KEEP_ALIVE, {})
        count.take(
            f"{kind.login}: POST {KEEP_ALIVE}", expected=kind.signs_in, happened=answer.status_code == 200
        )
        for way, headers in FOREIGN.items():
            _send(browser, kind, f"POST {KEEP_ALIVE} {way}", KEEP_ALIVE, {}, headers, count)


def try_uploads(browser: Browser, count: Count) -> None:
    """A file with everything that belongs to it: only the own library's, and only while it may be changed."""
    for kind in KINDS:
        browser.become(kind)
        token = browser.hidden_fields(UPLOAD) or browser.hidden_fields("/ngon-ngu")
        before = browser.copy.rows()
        browser.upload(UPLOAD, token, "moi.pdf", PDF)
        found = changed(before, browser.copy.rows())
        what = f"{kind.login}: gives a file, {browser.world.state}"
        attached = any(table == "answer" for table, _ in found)
        count.take(what, expected=_may_attach(kind, browser.world.state), happened=attached)
        if elsewhere := [row for table, row in found if not _is_of(kind, table, row)]:
            count.leaks.append(f"{what}: changed {elsewhere[0]}")
        if found:
            browser.copy.put_back()


def _may_attach(kind: Kind, state: R) -> bool:
    """The library's own people, while their response is with them; who answered nothing yet has a draft."""
    own = state if kind.library in ASKED_FOR else R.DRAFT
    return kind.signs_in and kind.group == "library" and own in (R.DRAFT, R.RETURNED)


def _is_of(kind: Kind, table: str, row: dict[str, Any]) -> bool:
    library = kind.group == "library" and kind.signs_in
    return library and (table == "round" or row.get("library_id") == kind.library)


def _send(
    browser: Browser,
    kind: Kind,
    what: str,
    path: str,
    fields: dict[str, str],
    headers: dict[str, str],
    count: Count,
) -> None:
    before = browser.copy.rows()
    answer = browser.post(path, fields, headers)
    done = answer.status_code == 200 or _begins_session(answer)
    found = changed(before, browser.copy.rows())
    count.take(f"{kind.login}: {what}, {answer.status_code}", expected=False, happened=done or bool(found))
    if found:
        browser.copy.put_back()
        browser.become(kind)


def _begins_session(answer: Answered) -> bool:
    return any(
        one.startswith(f"{COOKIE}=") and not one.startswith((f"{COOKIE}=;", f'{COOKIE}=""'))
        for one in answer.headers.get_list("set-cookie")
    )
