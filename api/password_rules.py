"""What a first administrator's password must be, in sentences."""

from collections.abc import Iterator, Mapping

from survey.translation import Words

MIN_LENGTH = 12  # nobody stands above this account who could lock or reset it
FEWEST_LETTERS = 5  # different ones: "aaaaaaaaaaaa" and "121212121212" are no passwords
# Long enough and yet among the first that anybody tries, in English or Vietnamese.
COMMON = frozenset(
    [
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456123456",
        "123123123123",
        "0123456789012",
        "qwertyuiop123",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "1q2w3e4r5t6y",
        "qwerty123456",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "administrator",
        "admin1234567",
        "admin123456789",
        "administrator1",
        "adminadminadmin",
        "letmeinletmein",
        "welcome12345",
        "iloveyou1234",
        "matkhau12345",
        "matkhau123456",
        "matkhau1234567",
        "matkhaumatkhau",
        "thuvien12345",
        "thuvien123456",
        "thuvientinh1",
        "thuvientinh123",
        "chuyendoiso1",
        "chuyendoiso123",
        "chuyendoiso2025",
        "thuocso12345",
        "thuocso123456",
        "vietnam12345",
        "vietnam123456",
        "vietnamvodich",
        "hanoi1234567",
        "anhyeuem1234",
        "anhyeuem12345",
        "emyeuanh1234",
        "khongbiet123",
        "khongcomatkhau",
        "quantrivien1",
        "quantrivien123",
        "quantri123456",
        "abcdefghijkl",
        "abcd12345678",
        "abc123456789",
        "a12345678910",
        "123456789abc",
        "987654321098",
        "111222333444",
    ]
)


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
            _("Mật khẩu cần ít nhất %(count)d ký tự. Hãy chọn một câu dễ nhớ.") % {"count": MIN_LENGTH},
        )
    elif _easy_to_guess(password.lower(), login):
        yield "password", _("Mật khẩu này quá dễ đoán. Hãy chọn một câu chỉ mình bạn nghĩ ra.")
    elif password != typed["again"]:
        yield "again", _("Hai mật khẩu không giống nhau. Hãy nhập lại cả hai.")


def _easy_to_guess(password: str, login: str) -> bool:
    alone = "".join(password.split())
    return alone in COMMON or len(set(alone)) < FEWEST_LETTERS or (len(login) > 3 and login in alone)
