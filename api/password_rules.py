"""What a new password must be, in sentences."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from survey.passwords import MAX_LENGTH, MIN_LENGTH
from survey.text import without_marks
from survey.translation import Words

__all__ = ["FIRST_MIN_LENGTH", "MIN_LENGTH", "find_account_faults", "find_faults", "find_password_faults"]

FIRST_MIN_LENGTH = 12  # nobody stands above the first administrator who could lock or reset the account
FEWEST_LETTERS = 5  # different ones: "aaaaaaaaaaaa" and "121212121212" are no passwords
LONGEST_LOGIN = 40
# Long enough and yet among the first that anybody tries, in English or Vietnamese.
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def find_faults(typed: Mapping[str, str], _: Words) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a first administrator as (field, sentence); nothing when it can be made."""
    yield from find_account_faults(typed, _)
    login = typed["username"].strip().lower()
    yield from find_password_faults(
        typed["password"], typed["again"], _, known=(login,), least=FIRST_MIN_LENGTH
    )


def find_account_faults(typed: Mapping[str, str], _: Words) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a login and a name."""
    login = typed["username"].strip().lower()
    if not login:
        yield "username", _("Hãy nhập tên đăng nhập.")
    elif any(letter.isspace() for letter in login):
        yield "username", _("Tên đăng nhập không có dấu cách. Ví dụ: quan-tri.")
    elif "@" in login:
        yield "username", _("Tên đăng nhập không chứa @. Thư điện tử của bạn cũng dùng để đăng nhập được.")
    elif len(login) > LONGEST_LOGIN:
        yield "username", _("Tên đăng nhập dài nhất {count} ký tự.").format(count=LONGEST_LOGIN)
    if not typed["name"].strip():
        yield "name", _("Hãy nhập họ và tên hoặc tên đơn vị.")


def find_password_faults(
    password: str, again: str, _: Words, *, known: tuple[str, ...], least: int = MIN_LENGTH
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a new password; `known` is what others know of the person, such as the login."""
    if len(password) < least:
        yield (
            "password",
            _("Mật khẩu cần ít nhất {count} ký tự. Hãy chọn một câu dễ nhớ.").format(count=least),
        )
    elif len(password) > MAX_LENGTH:
        yield "password", _("Mật khẩu dài nhất {count} ký tự.").format(count=MAX_LENGTH)
    elif _easy_to_guess(password, known):
        yield "password", _("Mật khẩu này quá dễ đoán. Hãy chọn một câu chỉ mình bạn nghĩ ra.")
    elif password != again:
        yield "again", _("Hai mật khẩu không giống nhau. Hãy nhập lại cả hai.")


def _easy_to_guess(password: str, known: tuple[str, ...]) -> bool:
    alone = _bare(password)
    return (
        alone in COMMON
        or len(set(alone)) < FEWEST_LETTERS
        or any(len(word) > 3 and _bare(word) in alone for word in known)
    )


def _bare(text: str) -> str:
    """Without capitals, blanks and marks, since those are the first variants that anybody tries."""
    return "".join(without_marks(text).split())
