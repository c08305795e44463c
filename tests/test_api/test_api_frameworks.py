"""The text of a kept version of a framework: for whoever is signed in, with the checksum that it is named by."""

from hashlib import sha256

import pytest

from survey.store import Store
from test_api.visiting import ACCOUNTS, Open

TEXT = "id: qd206\nversion: 9\nlabel: chữ có dấu\n"
CHECKSUM = sha256(TEXT.encode()).hexdigest()
ADDRESS = f"/bo-chi-so/{CHECKSUM}.yaml"


@pytest.fixture
def kept(site_store: Store) -> Store:
    site_store.frameworks.keep("qd206", 9, CHECKSUM, TEXT)
    return site_store


@pytest.mark.parametrize("login", ACCOUNTS)
def test_everybody_who_is_signed_in_may_check_a_version(visit: Open, kept: Store, login: str):
    assert kept
    answer = visit().signed_in(login).open(ADDRESS)
    assert answer.status_code == 200
    assert sha256(answer.content).hexdigest() == CHECKSUM
    assert answer.headers["content-disposition"] == 'attachment; filename="qd206-9.yaml"'
    assert answer.headers["content-type"].startswith("text/yaml")


def test_a_stranger_is_led_to_the_sign_in_page(visit: Open, kept: Store):
    assert kept
    answer = visit().open(ADDRESS)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


@pytest.mark.parametrize(
    "name",
    ["0" * 64 + ".yaml", CHECKSUM, f"{CHECKSUM}.txt", f"{CHECKSUM[:12]}.yaml", "..%2f.yaml", "qd206.yaml"],
)
def test_what_was_not_kept_is_not_there(visit: Open, kept: Store, name: str):
    assert kept
    assert visit().signed_in("chutich").open(f"/bo-chi-so/{name}").status_code == 404
