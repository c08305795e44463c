"""Streamlit's one HTML page in the reader's language, with our name, fonts and first sentence."""

import gzip
import hashlib
import html
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import assets
from api.page_guard import visitor_of
from survey.text import Language
from survey.translation import words

_LOG = logging.getLogger(__name__)
# The fonts of the first words on the screen; Streamlit would fetch its own 170 KB instead.
PRELOADED = ("be-vietnam-pro-latin-400-normal.woff2", "be-vietnam-pro-vietnamese-400-normal.woff2")
# Inside the page, since the first sentence must not wait for another file.
OPENING_STYLE = (assets.FOLDER / "opening.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class IndexDocument:
    """The page as it is sent: the same for everybody who reads this language."""

    content: bytes

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, 9, mtime=0)

    @cached_property
    def etag(self) -> str:
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:16]}"'


class IndexPage:
    """Answers the pages that the guard let through; Streamlit is asked for its page once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._documents: dict[Language, IndexDocument] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = visitor_of(scope) if scope["type"] == "http" else None
        if visitor is None:
            await self.app(scope, receive, send)
            return
        document = self._documents.get(visitor.language)
        if document is None:
            original = await _fetch(self.app, scope, receive)
            document = IndexDocument(translated(original, visitor.language).encode())
            self._documents[visitor.language] = document
        await _answer(document, Headers(scope=scope))(scope, receive, send)


def translated(page: str, language: Language) -> str:
    """Rewrite Streamlit's page; what a new release of Streamlit has moved is logged and left as it is."""
    for pattern, replacement in _replacements(language):
        found = re.search(pattern, page, flags=re.DOTALL)
        if found is None:
            _LOG.warning("Streamlit's page has nothing like %s, so it was left as it is", pattern)
        else:
            page = page[: found.start()] + replacement + page[found.end() :]
    return page


def _replacements(language: Language) -> Iterator[tuple[str, str]]:
    _ = words(language)
    yield r'<html lang="en">', f'<html lang="{language}" translate="no">'
    yield r"<title>.*?</title>", f"<title>Thước Số</title>\n{_head(language)}"
    yield r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="{assets.versioned(assets.ICON)}">'
    yield r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', _preloads()
    # The only script inside the page: without it no page needs to allow such scripts.
    yield r"<!--\s*initialize window\.prerenderReady.*?</script>", ""
    yield r"<!--\s*Machine-readable pointer.*?-->\s*<link[^>]*openapi\.json[^>]*>", ""
    needed = _("Thước Số cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang.")
    yield r"<noscript>.*?</noscript>", f"<noscript><p>{html.escape(needed)}</p></noscript>"
    opening = html.escape(_("Đang mở Thước Số…"))
    yield (
        r'<div id="root"></div>',
        f'<div id="root"><p id="dang-mo" role="status">{opening}</p></div>',
    )


def _head(language: Language) -> str:
    _ = words(language)
    description = _(
        "Thước Số: các thư viện công cộng tự đánh giá mức độ chuyển đổi số và cùng nhau theo dõi."
    )
    said = {
        "lost": _(
            "Mất kết nối: câu trả lời mới chưa được lưu. Nội dung vừa gõ vẫn còn trên màn hình; "
            "đang kết nối lại…"
        ),
        "slow": _("Máy chủ chưa trả lời: câu vừa gửi chưa chắc đã được lưu. Hãy giữ nguyên trang này."),
        "back": _("Đã kết nối lại."),
        "long": _("Đường truyền chậm, trang vẫn đang được tải."),
        "again": _("Tải lại trang"),
    }
    session = {
        "soon": _(
            "Phiên đăng nhập sẽ hết hạn sau {left} vì lâu không có thao tác. "
            "Bấm nút để tiếp tục; nội dung đang gõ vẫn còn."
        ),
        "stay": _("Tôi vẫn đang làm"),
        "last": _(
            "Phiên đăng nhập đã dài hết mức, sẽ kết thúc sau {left}. Hãy lưu câu đang làm, rồi đăng nhập lại."
        ),
        "ended": _(
            "Phiên đăng nhập đã kết thúc. Nội dung đang gõ vẫn còn trên màn hình: "
            "hãy đăng nhập lại ở thẻ mới, rồi quay lại đây làm tiếp."
        ),
        "again": _("Đăng nhập lại ở thẻ mới"),
    }
    unsaved = {
        "left": _("Chưa lưu:"),
        "save": _("Lưu nội dung này"),
        "drop": _("Bỏ nội dung này"),
        "go": _("Đến câu này"),
    }
    return (
        f'<meta name="description" content="{html.escape(description)}">\n'
        '<meta name="google" content="notranslate">\n'
        '<meta name="robots" content="noindex">\n'
        '<meta name="theme-color" content="#0F5C6E">\n'
        f"<style>{OPENING_STYLE}</style>\n"
        f'<link rel="stylesheet" href="{assets.versioned(assets.PAGES_CSS)}">\n'
        f'<script id="tieng-viet" src="{assets.versioned(assets.SCRIPT)}" {_data(said)} defer></script>\n'
        f'<script id="phien-js" src="{assets.versioned(assets.SESSION_SCRIPT)}" {_data(session)} defer></script>\n'
        f'<script src="{assets.versioned(assets.UNSAVED_SCRIPT)}" {_data(unsaved)} defer></script>'
    )


def _data(said: dict[str, str]) -> str:
    """Sentences as attributes of the script that says them."""
    return " ".join(f'data-{name}="{html.escape(text)}"' for name, text in said.items())


def _preloads() -> str:
    return "\n".join(
        f'<link rel="preload" href="{assets.FONTS}{name}" as="font" type="font/woff2" crossorigin>'
        for name in PRELOADED
    )


def _answer(document: IndexDocument, asked: Headers) -> Response:
    headers = {"Cache-Control": "no-cache", "ETag": document.etag, "Vary": "Accept-Encoding, Cookie"}
    if document.etag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = document.content
    if "gzip" in asked.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = document.compressed, "gzip"
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


async def _fetch(app: ASGIApp, scope: Scope, receive: Receive) -> str:
    """Ask Streamlit for its page, as a browser would that has nothing in its cache."""
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"Streamlit answered its own page with {message['status']}")
        parts.append(message.get("body", b""))

    host = [(name, value) for name, value in scope["headers"] if name == b"host"]
    plain = {"method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": host}
    await app({**scope, **plain}, receive, keep)
    return b"".join(parts).decode()
