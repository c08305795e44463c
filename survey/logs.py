"""The server's log: readable lines, or one JSON object a line (THUOC_SO_LOG=json), with an id for each error.

What people typed never gets here. An exception of ours or of a library may quote it, so of most exceptions the
kind and the places in the code are written, not the words; addresses lose their query string, and whatever looks
like a token is hidden.
"""

import json
import logging
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from survey.errors import StorageError
from survey.text import HANOI

VARIABLE = "THUOC_SO_LOG"
HIDDEN = "…"
_QUERY = re.compile(r"(?<=\?)[^\s\"'<>]+")
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,}")
# Their words tell of files, networks and databases, never of rows.
_SPEAKING = ("OperationalError", "InterfaceError")


def error_id() -> str:
    """A new id that a person can read out on the telephone."""
    return secrets.token_hex(4)


def set_up_logs(environment: Mapping[str, str], stream: TextIO | None = None) -> None:
    """Send every log of this process through one form, also what would else end in a bare traceback."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if environment.get(VARIABLE) == "json" else ReadableLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda given: _log_uncaught(given.exc_type, given.exc_value, given.exc_traceback)


class JsonLines(logging.Formatter):
    """time, level, source, message; error and its trace where there is one; id on every error."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "source": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if number := id_of(record):
            line["id"] = number
        if error := _error_of(record):
            line["error"] = [name for name, _ in _causes(error)]
            line["trace"] = [place for _, places in _causes(error) for place in places]
        return json.dumps(line, ensure_ascii=False)


class ReadableLines(logging.Formatter):
    """The same for a person at the console: Hanoi's time, the trace on lines below."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, HANOI).strftime("%d/%m/%Y %H:%M:%S")
        number = id_of(record)
        words = without_secrets(record.getMessage())
        lines = [
            f"{moment} {record.levelname} {record.name}: {words}{f' (mã lỗi {number})' if number else ''}"
        ]
        if error := _error_of(record):
            for name, places in _causes(error):
                lines += [f"    {name}", *(f"      {place}" for place in places)]
        return "\n".join(lines)


def id_of(record: logging.LogRecord) -> str:
    """The id that the person was shown, or one of its own for any other error; lesser lines have none."""
    given = record.__dict__
    if "error_id" not in given:
        given["error_id"] = error_id() if record.levelno >= logging.ERROR else ""
    return str(given["error_id"])


def without_secrets(words: str) -> str:
    """Take out what may open a door or tell an answer.

    >>> without_secrets("GET /thiet-lap?ma=abc failed at postgresql://app:hush@db/x")
    'GET /thiet-lap?… failed at postgresql://…@db/x'
    >>> without_secrets("session 8c1f6f5e-90f0-4f0a-9a52-0b7c4b3b9f11 ended")
    'session … ended'
    """
    for pattern, put in ((_QUERY, HIDDEN), (_PASSWORD, f"{HIDDEN}@"), (_TOKEN, HIDDEN)):
        words = pattern.sub(put, words)
    return words


def _error_of(record: logging.LogRecord) -> BaseException | None:
    given = record.exc_info
    return given[1] if isinstance(given, tuple) else None


def _causes(error: BaseException) -> Iterator[tuple[str, list[str]]]:
    """The error and what led to it, each with its places in the code, the innermost last."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        places = [
            f"{place.filename}:{place.lineno} {place.name}"
            for place in traceback.extract_tb(step.__traceback__)
        ]
        yield _named(step), places
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def _named(error: BaseException) -> str:
    kind = type(error).__name__
    if not isinstance(error, (OSError, StorageError)) and kind not in _SPEAKING:
        return kind
    first, _, _ = str(error).partition("\n")
    return f"{kind}: {without_secrets(first)}" if first else kind


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if issubclass(kind, (KeyboardInterrupt, SystemExit)):
        return
    given = (kind, error or kind(), trace)
    logging.getLogger("thuoc_so").critical("an error that nothing caught", exc_info=given)
