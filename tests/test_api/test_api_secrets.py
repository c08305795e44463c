"""No secret lies in the repository, in what is handed out, or in what the container is made of."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from running import PROJECT

from survey.sample.accounts import DEMO_PASSWORD
from test_api.visiting import Open

SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of a cloud": r"\bAKIA[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of a forge": r"\bgh[pousr]_[0-9A-Za-z]{36}\b|\bglpat-[0-9A-Za-z_-]{20}\b",
    "a password hash": r"\$argon2id?\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{16,}",
    "a database address with a password": r"postgres(?:ql)?://[\w.-]+:(?!password|mật-khẩu|secret|\$\{|p@|hush|…)[^@\s\"'/]+@",
    "a long secret": r"(?i)(?:secret|token|api_?key)\s*[=:]\s*[\"'][0-9A-Za-z+/_-]{24,}[\"']",
}


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """Every text file that git keeps."""
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("not a git repository")
    names = subprocess.run(
        ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, str] = {}
    for name in names.split("\n"):
        file = PROJECT / name
        if name and file.is_file():
            try:
                found[name] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_in_the_repository_looks_like_a_secret(kept: dict[str, str], shape: str):
    assert len(kept) > 200
    found = [f"{name}: {hit[0]}" for name, text in kept.items() if (hit := re.search(SHAPES[shape], text))]
    assert not [line for line in found if not line.startswith("tests/")]
    # Tests name passwords of databases that live as long as the test.
    assert shape == "a database address with a password" or not found


def test_no_database_environment_or_key_file_is_kept(kept: dict[str, str]):
    assert not [name for name in kept if re.search(r"\.(db|sqlite3?|pem|key|p12|env|bak|log)$", name)]


def test_files_for_officials_hold_no_account_session_or_hash(visit: Open):
    browser = visit().signed_in("chutich")
    for path in ("/tai/published.xlsx", "/tai/published.csv"):
        answer = browser.open(path)
        assert answer.status_code == 200
        parts = [answer.content]
        if path.endswith("xlsx"):
            with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
                parts = [book.read(name) for name in book.namelist()]
        for secret in (
            b"$argon2",
            str(browser.cookie).encode(),
            b"chutich",
            DEMO_PASSWORD.encode(),
            b"password",
        ):
            assert not [part for part in parts if secret in part], (path, secret)
