"""The identity provider of a deployment (OpenID Connect), as the environment or Streamlit's own file names it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from survey.errors import SurveyError

CALLBACK = "/oauth2callback"
_VARIABLES = {
    "metadata": "THUOC_SO_OIDC_METADATA_URL",
    "client_id": "THUOC_SO_OIDC_CLIENT_ID",
    "client_secret": "THUOC_SO_OIDC_CLIENT_SECRET",
    "redirect": "THUOC_SO_OIDC_REDIRECT_URI",
}
# What `st.login` reads, under [auth]; a deployment that has it set up changes nothing.
_IN_SECRETS = {
    "metadata": "server_metadata_url",
    "client_id": "client_id",
    "client_secret": "client_secret",
    "redirect": "redirect_uri",
}


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Where people may also sign in. redirect: the address of this server to which they come back."""

    metadata: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect: str
    name: str = ""


def find_provider(environment: Mapping[str, str], secrets: Path) -> Provider | None:
    """The provider that the environment names, else the one in Streamlit's secrets file, else None.

    Raises:
        SurveyError: only a part of it is there, or an address is none.
    """
    given = {key: environment.get(name, "").strip() for key, name in _VARIABLES.items()}
    names = _VARIABLES
    if not any(given.values()):
        given, names = _from_secrets(secrets), _IN_SECRETS
    if not any(given.values()):
        return None
    if missing := [names[key] for key, value in given.items() if not value]:
        raise SurveyError(
            vi=f"Cấu hình đăng nhập qua cơ quan còn thiếu: {', '.join(missing)}. Hãy bổ sung, hoặc bỏ cả cấu hình.",
            en=f"The identity provider's settings lack {', '.join(missing)}. Add them, or remove all of them.",
        )
    for key in ("metadata", "redirect"):
        _require_address(names[key], given[key])
    if urlsplit(given["redirect"]).path != CALLBACK:
        raise SurveyError(
            vi=f"{names['redirect']} phải kết thúc bằng {CALLBACK}, ví dụ https://ten-may-chu{CALLBACK}.",
            en=f"{names['redirect']} has to end with {CALLBACK}, as in https://name-of-the-server{CALLBACK}.",
        )
    return Provider(**given, name=environment.get("THUOC_SO_OIDC_NAME", "").strip())


def _require_address(name: str, address: str) -> None:
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise SurveyError(
            vi=f"{name} phải là một địa chỉ https://. Hãy sửa lại.",
            en=f"{name} has to be an https:// address. Correct it.",
        )


def _from_secrets(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        content = {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SurveyError(
            vi=f"Không đọc được tệp {file.name}. Hãy kiểm tra quyền đọc và cú pháp TOML của tệp.",
            en=f"The file {file.name} cannot be read. Check that it may be read and is TOML.",
        ) from error
    section = content.get("auth", {})
    return {key: str(section.get(name, "")).strip() for key, name in _IN_SECRETS.items()}
