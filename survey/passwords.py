"""Passwords: hashed with Argon2id, compared in equal time whether or not the account exists."""

import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from survey.errors import SurveyError

MIN_LENGTH = 10
MAX_LENGTH = 256  # nobody types more, and a megabyte would only keep the server busy

# OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)
# 4 x 19 MiB is what a wave of sign-ins may take from a server of 2 GB.
_AT_A_TIME = BoundedSemaphore(4)
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Hash a new password.

    Raises:
        SurveyError: it is shorter or longer than allowed.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise SurveyError(
            vi=f"Mật khẩu cần từ {MIN_LENGTH} đến {MAX_LENGTH} ký tự. Hãy chọn một câu dễ nhớ.",
            en=f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters. Choose a phrase you can remember.",
        )
    return rehash(password)


def rehash(password: str) -> str:
    """Hash a password that was accepted before, whatever is asked of new ones by now."""
    with _AT_A_TIME:
        return _HASHER.hash(_typed(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Compare a password with its hash; None, for an account that does not exist, takes as long."""
    with _AT_A_TIME:
        try:
            # One character too many is enough to be wrong.
            right = _HASHER.verify(password_hash or _NOBODY, _typed(password[: MAX_LENGTH + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return right and password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def _typed(password: str) -> bytes:
    # The same Vietnamese letters reach us composed or not, depending on the keyboard.
    return unicodedata.normalize("NFC", password).encode(errors="replace")
