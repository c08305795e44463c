"""Where this installation is reached, as its environment says."""

from collections.abc import Mapping

HOST = "THUOC_SO_HOST"
SETUP_FILE = "THUOC_SO_SETUP_FILE"


def is_secure(environment: Mapping[str, str]) -> bool:
    """Whether people come over TLS alone."""
    return environment.get("THUOC_SO_HTTPS", "").strip() == "1"


def hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The names in THUOC_SO_HOST, separated by commas; the first is the one in links that are given out.

    >>> hosts({"THUOC_SO_HOST": "Thuoc-So.example, www.thuoc-so.example."})
    ('thuoc-so.example', 'www.thuoc-so.example')
    """
    given = environment.get(HOST, "").lower().split(",")
    return tuple(name.strip().removesuffix(".") for name in given if name.strip())


def site_address(environment: Mapping[str, str], port: int = 8501) -> str:
    """The address to give to people, without a slash at its end; this machine where no name is known."""
    names = hosts(environment)
    scheme = "https" if is_secure(environment) else "http"
    return f"{scheme}://{names[0] if names else f'localhost:{port}'}"
