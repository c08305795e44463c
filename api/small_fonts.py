"""Typefaces of Streamlit's that no page needs whole: a part of each is given in their place."""

import re

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.assets import ASSETS, FONTS, FOREVER

ICONS = f"{FONTS}material-symbols-subset.woff2"
SIGNS = f"{FONTS}signs.woff2"
# Icons: 8 KB for 375 KB with 4,000 of them. Source Sans stands last in every list of typefaces, so it is
# asked for (170 KB) wherever the others lack a sign such as a tick; what answers holds the signs alone.
_PARTS = {
    re.compile(r"/static/media/MaterialSymbols-Rounded[\w.~-]*\.woff2"): ICONS,
    re.compile(r"/static/media/SourceSansVF-Upright[\w.~-]*\.woff2"): SIGNS,
}


class SmallFonts:
    """Answers for these typefaces; everything else passes. `deploy/small_fonts.py` makes the parts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = _part_for(scope)
        if part is None:
            await self.app(scope, receive, send)
            return
        asset = ASSETS[part]
        headers = {"Cache-Control": FOREVER, "ETag": f'"{asset.version}"'}
        await Response(asset.content, media_type=asset.media_type, headers=headers)(scope, receive, send)


def _part_for(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    return next((part for whole, part in _PARTS.items() if whole.fullmatch(scope["path"])), None)
