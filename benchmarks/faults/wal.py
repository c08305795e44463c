"""The journal of a SQLite file: how far it is certain to be on the disk, read from its index."""

import struct
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

FILE_HEADER, FRAME_HEADER = 32, 24
_PAGE_SIZE_AT, _LAST_FRAME_AT, _SALT_AT = 14, 16, 32
_CARRIED_AT, _TRIED_AT = 96, 128  # frames that are in the file for certain, and that are on their way
INDEX_HEADER = 136


def durable_end(url: str) -> dict[str, Any]:
    """Where the last frame that was synced ends, and the salt of this turn of the journal.

    SQLite moves the index on after the sync, so whatever the index names would survive a power loss.
    Empty for another kind of database.
    """
    if not url.startswith("sqlite"):
        return {}
    index = Path(f"{make_url(url).database}-shm")
    return durable_end_of(index.read_bytes()[:INDEX_HEADER]) if index.exists() else {}


def durable_end_of(header: bytes) -> dict[str, Any]:
    """The same, from the beginning of the index."""
    page_size, last_frame = struct.unpack_from("=HI", header, _PAGE_SIZE_AT)
    page = 65_536 if page_size == 1 else page_size
    return {
        "end": FILE_HEADER + last_frame * (FRAME_HEADER + page) if last_frame else 0,
        "salt": header[_SALT_AT : _SALT_AT + 8].hex(),
    }


def salt_of(journal: bytes) -> str:
    """The salt in the header of a journal; frames of an older turn carry another one."""
    return journal[16:24].hex()


def is_carrying_over(header: bytes) -> bool:
    """Whether pages are just being written from the journal into the file, and the file was not synced since."""
    if len(header) < INDEX_HEADER:
        return False
    (carried,), (tried,) = (struct.unpack_from("=I", header, at) for at in (_CARRIED_AT, _TRIED_AT))
    return bool(tried > carried)


def pages_of(journal: bytes, end: int) -> tuple[int, set[int]]:
    """The size of a page, and the numbers of those that the journal holds up to `end`."""
    (size,) = struct.unpack_from(">I", journal, 8)
    starts = range(FILE_HEADER, end, FRAME_HEADER + size)
    return size, {struct.unpack_from(">I", journal, start)[0] for start in starts}
