"""A posted form with one file, read within limits: what is too large is refused before it is whole."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

FIELDS_AND_HEADS = 64 * 1024
MOST_FIELDS = 10


@dataclass(frozen=True)
class Posted:
    """The fields, and the file under its own name; too_large: it went over the limit and was let go."""

    fields: dict[str, str]
    name: str = ""
    content: bytes = b""
    too_large: bool = False


class _TooLargeError(Exception):
    pass


async def read_upload(request: Request, *, most: int) -> Posted:
    """Read the form; a body that is no such form has no fields.

    most: bytes of the file. Nothing beyond the limit is kept, in memory or on the disk.
    """
    limit, seen = most + FIELDS_AND_HEADS, 0
    told = request.headers.get("content-length", "0")
    if told.isascii() and told.isdigit() and int(told) > limit:
        return Posted({}, too_large=True)

    async def pieces() -> AsyncGenerator[bytes, None]:
        nonlocal seen
        async for piece in request.stream():
            seen += len(piece)
            if seen > limit:
                raise _TooLargeError
            yield piece

    parser = MultiPartParser(request.headers, pieces(), max_files=1, max_fields=MOST_FIELDS)
    try:
        form = await parser.parse()
    except _TooLargeError:
        return Posted({}, too_large=True)
    except (MultiPartException, KeyError, ValueError):
        return Posted({})
    fields = {key: value for key, value in form.multi_items() if isinstance(value, str)}
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    try:
        content = await files[0].read(most + 1) if files else b""
    finally:
        await form.close()
    name = files[0].filename or "" if files else ""
    return Posted(fields, name, content, too_large=len(content) > most)
