"""What a first administrator's password must be, in sentences."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from survey.translation import Words

MIN_LENGTH = 12  # nobody stands above this account who could lock or reset it
FEWEST_LETTERS = 5  # different ones: "aaaaaaaaaaaa" and "121212121212" are no passwords
# Long enough and yet among the first that anybody tries, in English or Vietnamese.
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def find_faults(typed: Mapping[str, str], _: Words) -> Iterator[tuple[str, str]]:
    """Yield what is wrong as (field, sentence); nothing when the account can be made."""
    login, password = typed["username"].strip().lower(), typed["password"]
    if not login:
        yield "username", _("Hãy nhập tên đăng nhập.")
    elif any(letter.isspace() for letter in login):
        yield "username", _("Tên đăng nhập không có dấu cách. Ví dụ: quan-tri.")
    if not typed["name"].strip():
        yield "name", _("Hãy nhập họ và tên hoặc tên đơn vị.")
    if len(password) < MIN_LENGTH:
        yield (
            "password",
            _("Mật khẩu cần ít nhất {count} ký tự. Hãy chọn một câu dễ nhớ.").format(count=MIN_LENGTH),
        )
    elif _easy_to_guess(password.lower(), login):
        yield "password", _("Mật khẩu này quá dễ đoán. Hãy chọn một câu chỉ mình bạn nghĩ ra.")
    elif password != typed["again"]:
        yield "again", _("Hai mật khẩu không giống nhau. Hãy nhập lại cả hai.")


def _easy_to_guess(password: str, login: str) -> bool:
    alone = "".join(password.split())
    return alone in COMMON or len(set(alone)) < FEWEST_LETTERS or (len(login) > 3 and login in alone)
