"""Log lines as people and as programs read them; what may tell a secret or an answer is left out of both."""

import io
import json
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import pytest
from running import PROJECT

from survey.errors import StorageError
from survey.logs import set_up_logs, without_secrets

LOG = logging.getLogger("thuoc_so.trial")


class OperationalError(Exception):
    """Named as the databases' drivers name theirs."""


@pytest.fixture
def written() -> Iterator[Callable[..., str]]:
    """Sets the logs up and gives what was written since."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    stream = io.StringIO()

    def start(form: str = "json") -> Callable[[], str]:
        set_up_logs({"THUOC_SO_LOG": form}, stream)
        return stream.getvalue

    yield start
    root.handlers[:], (root.level, sys.excepthook, threading.excepthook) = before[0], before[1:]
    logging.captureWarnings(False)


def failing(error: Exception) -> None:
    try:
        try:
            raise ValueError("mật khẩu là 123")
        except ValueError as cause:
            raise error from cause
    except type(error):
        LOG.exception("it failed at %s", "/tra-loi?muc=A&ma=secret", extra={"error_id": "12ab34cd"})


def test_a_line_is_one_object_with_the_person_s_id_and_the_places_in_the_code(
    written: Callable[..., Callable[[], str]],
):
    words = written()
    failing(KeyError("câu trả lời 730173"))
    (line,) = words().splitlines()
    read = json.loads(line)
    assert (read["level"], read["source"], read["id"]) == ("ERROR", "thuoc_so.trial", "12ab34cd")
    assert read["message"] == "it failed at /tra-loi?…"
    assert read["error"] == ["KeyError", "ValueError"]
    assert all("test_logs.py" in place and place.endswith("failing") for place in read["trace"])
    assert "730173" not in line
    assert "mật khẩu" not in line


def test_a_readable_line_says_the_same(written: Callable[..., Callable[[], str]]):
    words = written("")
    failing(KeyError("730173"))
    first, *rest = words().splitlines()
    assert first.endswith(" ERROR thuoc_so.trial: it failed at /tra-loi?… (mã lỗi 12ab34cd)")
    assert rest[0] == "    KeyError"
    assert "730173" not in "".join(rest)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (OperationalError("database is locked\n[SQL: INSERT 'x']"), "OperationalError: database is locked"),
        (
            StorageError(vi="Không mở được cơ sở dữ liệu.", en="x"),
            "StorageError: Không mở được cơ sở dữ liệu.",
        ),
        (RuntimeError("730173"), "RuntimeError"),
        (OSError(), "OSError"),
    ],
)
def test_words_of_files_and_databases_stay_and_others_go(
    written: Callable[..., Callable[[], str]], error: Exception, said: str
):
    words = written()
    failing(error)
    assert json.loads(words())["error"][0] == said


def test_every_error_has_an_id_and_a_lesser_line_none(written: Callable[..., Callable[[], str]]):
    words = written()
    LOG.error("bad")
    LOG.info("good")
    bad, good = map(json.loads, words().splitlines())
    assert len(bad["id"]) == 8
    assert "id" not in good


def test_what_nobody_catches_is_a_line_too(written: Callable[..., Callable[[], str]]):
    words = written()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    sys.excepthook(RuntimeError, RuntimeError("730173"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)
    first, second, third = map(json.loads, words().splitlines())
    assert (first["level"], first["error"]) == ("CRITICAL", ["ZeroDivisionError"])
    assert second["error"] == ["RuntimeError"]
    assert "old" in third["message"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("GET /thiet-lap?ma=a1 200", "GET /thiet-lap?… 200"),
        ("postgresql://u:p@h:5432/n", "postgresql://…@h:5432/n"),
        ("cookie 4yUqPz0QxjTn2mQkE7vW1oLr5sDbHcFgA9XnMtKeYwI", "cookie …"),
        ("mã lỗi 3fa90c1e ở trang trả lời", "mã lỗi 3fa90c1e ở trang trả lời"),
    ],
)
def test_secrets_are_taken_out_of_any_line(words: str, left: str):
    assert without_secrets(words) == left


def test_streamlit_s_loggers_speak_in_the_same_form_once_also_later_ones():
    code = (
        "import os; from streamlit.logger import get_logger; early = get_logger('streamlit.early'); "
        "from survey.logs import set_up_logs; from ui.logs import join_streamlit; set_up_logs(os.environ); "
        "join_streamlit(); early.warning('a'); get_logger('streamlit.late').error('b'); get_logger('root').warning('c')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT,
        env={**os.environ, "THUOC_SO_LOG": "json"},
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["source"], line["message"]) for line in lines] == [
        ("streamlit.early", "a"), ("streamlit.late", "b"), ("streamlit", "c")
    ]  # fmt: skip
