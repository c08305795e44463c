"""Secrets handed out once, of which only a digest is kept."""

import hashlib
import secrets

from survey.store.columns import clean_text


def new_token() -> str:
    """Return 32 random bytes as text that fits in an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(clean_text(secret).encode()).hexdigest()
