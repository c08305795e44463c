"""Signing in as a browser does: the page with its form, the form back with its token, the cookies kept."""

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from survey.access import Role
from survey.members import load_members
from survey.sample.accounts import DEMO_PASSWORD, demo_accounts

_TOKEN = re.compile(r'name="bieu_mau" value="([0-9a-f]+)"')


def library_accounts() -> dict[str, str]:
    """One login for each of the sample's libraries, its director's, with the library's id."""
    return {
        login: library
        for login, _name, role, library in demo_accounts(load_members())
        if library and role is Role.DIRECTOR
    }


def sign_in(port: int, login: str) -> dict[str, str]:
    """Sign in and return the cookies."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{port}/dang-nhap"
    with browser.open(address, timeout=60) as page:
        found = _TOKEN.search(page.read().decode())
    assert found is not None
    form = {"bieu_mau": found[1], "tiep": "/", "username": login, "password": DEMO_PASSWORD}
    browser.open(address, urlencode(form).encode(), timeout=60).close()
    return {cookie.name: cookie.value or "" for cookie in jar}
