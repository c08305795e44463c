"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for a lost telephone."""

import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp

ISSUER = "Thước Số"
PERIOD = 30  # seconds for which a code is shown
RECOVERY_CODES = 10
# Without letters and digits that look alike on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4  # 79 bits: a plain digest of it cannot be guessed


def new_key() -> str:
    """A key for an authenticator app, in the letters in which such apps take it."""
    return str(pyotp.random_base32())


def key_address(key: str, login: str) -> str:
    """The address that stands in the picture which the app reads."""
    return str(pyotp.TOTP(key, interval=PERIOD).provisioning_uri(name=login, issuer_name=ISSUER))


def is_key(text: str) -> bool:
    """Whether the text is a key as `new_key` makes them."""
    return len(text) == 32 and all(letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" for letter in text)


def step_of(key: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: the present one or a neighbour, since clocks differ; None if none is."""
    typed = "".join(code.split())
    if len(typed) != 6 or not typed.isascii() or not typed.isdigit():
        return None
    present = int(now.timestamp()) // PERIOD
    codes = pyotp.TOTP(key, interval=PERIOD)
    steps = (present - 1, present, present + 1)
    return next((step for step in steps if compare_digest(codes.generate_otp(step), typed)), None)


def new_recovery_codes() -> tuple[str, ...]:
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def clean_recovery_code(text: str) -> str:
    """The code however it was typed: with or without hyphens, blanks and capitals."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
