"""Streamlit's scripts and styles, compressed once and kept: a first visit is a third of the bytes.

Their names carry a digest of their content, so what is kept never goes stale. Streamlit serves them plain,
because it would compress them anew for every visitor.
"""

import asyncio
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEVEL = 6
# One spelling of an address for each file, so that nobody can fill the memory with spellings.
_WORTH_IT = re.compile(r"/static/(?:js|css)/[\w.~-]+\.(?:js|css)")
_KEPT_HEADERS = frozenset({b"content-type", b"cache-control", b"last-modified"})


@dataclass(frozen=True)
class Compressed:
    """A file as it is sent again and again."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    etag: str


@dataclass
class _Captured:
    """An answer of Streamlit, held back until it is complete."""

    status: int = 0
    headers: Iterable[tuple[bytes, bytes]] = ()
    body: bytes = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


class StaticCompression:
    """Answers for scripts and styles; everything else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._files: dict[str, Compressed] = {}
        self._busy: dict[str, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _asks_for_compressed(scope):
            await self.app(scope, receive, send)
            return
        response = await self._response(scope, receive)
        await response(scope, receive, send)

    async def _response(self, scope: Scope, receive: Receive) -> Response:
        path = scope["path"]
        if path not in self._files:
            async with self._busy.setdefault(path, asyncio.Lock()):
                if path not in self._files:
                    captured = _Captured()
                    await self.app(_plain(scope), receive, captured.take)
                    if captured.status != 200:
                        self._busy.pop(path, None)
                        return PlainTextResponse("", 404, {"Cache-Control": "no-store"})
                    self._files[path] = await _compress(captured)
            self._busy.pop(path, None)
        return _answer(self._files[path], Headers(scope=scope))


def _asks_for_compressed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    if not _WORTH_IT.fullmatch(scope["path"]):
        return False
    asked = Headers(scope=scope)
    return "range" not in asked and "gzip" in asked.get("accept-encoding", "")


def _plain(scope: Scope) -> Scope:
    """The same request from a browser that has nothing in its cache."""
    host = [(name, value) for name, value in scope["headers"] if name == b"host"]
    return {**scope, "method": "GET", "headers": host}


async def _compress(captured: _Captured) -> Compressed:
    body = await to_thread.run_sync(lambda: gzip.compress(captured.body, LEVEL, mtime=0))
    original = dict(captured.headers).get(b"etag", b"").decode().strip('"')
    return Compressed(
        body=body,
        headers=tuple((name, value) for name, value in captured.headers if name in _KEPT_HEADERS),
        etag=f'W/"{original}-gz"',
    )


def _answer(file: Compressed, asked: Headers) -> Response:
    fresh = file.etag in asked.get("if-none-match", "")
    response = Response(status_code=304) if fresh else Response(file.body)
    response.raw_headers.extend(file.headers)
    response.headers["ETag"] = file.etag
    response.headers["Vary"] = "Accept-Encoding"
    if not fresh:
        response.headers["Content-Encoding"] = "gzip"
    return response
