"""Posted forms: read within limits, and proven to come from a page of ours.

A form carries the token of the cookie `bieu_mau` in a hidden field (double submit). The field is masked
anew on every page, so that the token cannot be guessed from the sizes of compressed pages. Browsers that say
where a request comes from are believed too: another site's form is refused whatever it carries.
"""

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from api import cookies

FIELD = "bieu_mau"
LARGEST = 16 * 1024
MOST_FIELDS = 20
_TOKEN_BYTES = 24


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of the posted form; what nobody typed into a form of ours has none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return {}
    try:
        fields = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return {}
    return dict(fields)


def token_of(request: Request) -> str:
    """The token of this browser, or a new one."""
    held = request.cookies.get(cookies.FORM, "")
    return held if _bytes_of(held, _TOKEN_BYTES) is not None else secrets.token_hex(_TOKEN_BYTES)


def masked(token: str) -> str:
    """The token as a page carries it: different each time, and readable only whole."""
    mask = secrets.token_bytes(_TOKEN_BYTES)
    return mask.hex() + _crossed(bytes.fromhex(token), mask).hex()


def is_ours(request: Request, form: Mapping[str, str]) -> bool:
    """Whether the form comes from a page that this server gave to this browser."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    held = _bytes_of(request.cookies.get(cookies.FORM, ""), _TOKEN_BYTES)
    carried = _bytes_of(form.get(FIELD, ""), 2 * _TOKEN_BYTES)
    if held is None or carried is None:
        return False
    return secrets.compare_digest(_crossed(carried[_TOKEN_BYTES:], carried[:_TOKEN_BYTES]), held)


def _crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _bytes_of(text: str, length: int) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if len(value) == length else None
