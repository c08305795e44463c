"""The icons that Streamlit's pages draw, as 8 KB in place of a typeface of 375 KB with 4,000 icons."""

import re

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.assets import ASSETS, FONTS, FOREVER

SUBSET = f"{FONTS}material-symbols-subset.woff2"
_WHOLE = re.compile(r"/static/media/MaterialSymbols-Rounded[\w.~-]*\.woff2")


class IconFont:
    """Answers for the icon typeface; everything else passes. `deploy/icon_font.py` makes the small one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not asked or not _WHOLE.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        asset = ASSETS[SUBSET]
        headers = {"Cache-Control": FOREVER, "ETag": f'"{asset.version}"'}
        await Response(asset.content, media_type=asset.media_type, headers=headers)(scope, receive, send)
