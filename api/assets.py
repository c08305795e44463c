"""Files that every browser fetches once: fonts, style, icon and the script beside Streamlit's page.

They are read when the server starts and never change while it runs; an address with the version of the
content may be kept for a year.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).with_name("assets")
CSS = "/giao-dien.css"
PAGES_CSS = "/giao-dien-trang.css"
SCRIPT = "/tieng-viet.js"
UPLOAD_SCRIPT = "/tai-len.js"
SESSION_SCRIPT = "/phien.js"
UNSAVED_SCRIPT = "/chua-luu.js"
ICON = "/bieu-tuong.svg"
FONTS = "/phong-chu/"
FOREVER = "public, max-age=31536000, immutable"
AGAIN = "no-cache"


@dataclass(frozen=True)
class Asset:
    """A file with its type, compressed where that saves something."""

    content: bytes
    media_type: str

    @cached_property
    def version(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @cached_property
    def compressed(self) -> bytes | None:
        return None if self.media_type == "font/woff2" else gzip.compress(self.content, 9, mtime=0)


def _read(name: str, media_type: str) -> Asset:
    return Asset((FOLDER / name).read_bytes(), media_type)


def _style(name: str) -> Asset:
    """A style with the typefaces before it; in Streamlit's settings they would travel with every rerun."""
    return Asset(
        (FOLDER / "faces.css").read_bytes() + (FOLDER / name).read_bytes(), "text/css; charset=utf-8"
    )


ASSETS: dict[str, Asset] = {
    CSS: _style("site.css"),
    PAGES_CSS: _style("pages.css"),
    SCRIPT: _read("tieng-viet.js", "text/javascript; charset=utf-8"),
    UPLOAD_SCRIPT: _read("tai-len.js", "text/javascript; charset=utf-8"),
    SESSION_SCRIPT: _read("phien.js", "text/javascript; charset=utf-8"),
    UNSAVED_SCRIPT: _read("chua-luu.js", "text/javascript; charset=utf-8"),
    ICON: _read("bieu-tuong.svg", "image/svg+xml"),
    **{
        f"{FONTS}{file.name}": _read(f"fonts/{file.name}", "font/woff2")
        for file in sorted((FOLDER / "fonts").glob("*.woff2"))
    },
}


def versioned(path: str) -> str:
    """The address of an asset that changes with its content."""
    return f"{path}?v={ASSETS[path].version}"


def routes() -> list[Route]:
    return [Route(path, _give, methods=["GET"]) for path in ASSETS]


async def _give(request: Request) -> Response:
    asset = ASSETS[request.url.path]
    etag = f'"{asset.version}"'
    lasting = asset.media_type == "font/woff2" or request.query_params.get("v") == asset.version
    headers = {"Cache-Control": FOREVER if lasting else AGAIN, "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = asset.content
    if asset.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = asset.compressed, "gzip"
    return Response(body, media_type=asset.media_type, headers=headers)
