"""What is written to people when an account is made for them, and the way such letters leave."""

from datetime import datetime
from typing import Protocol

from survey.text import HANOI, Language, Text


class SendMail(Protocol):
    """Hands one letter to the mail server.

    Raises:
        SurveyError: the mail server does not take it.
    """

    def __call__(self, *, to: str, subject: str, text: str) -> None: ...


_INVITED = Text(
    vi="Mời bạn dùng Thước Số",
    en="You are invited to Thước Số",
)
_INVITATION = Text(
    vi="Kính gửi {name},\n\nBạn được mời dùng Thước Số, công cụ để thư viện các tỉnh tự đánh giá mức độ chuyển đổi số. "
    "Hãy mở liên kết dưới đây để đặt mật khẩu. Liên kết chỉ dùng được một lần, đến hết {until}.\n\n{link}\n\n"
    "Nếu bạn không chờ thư này, xin bỏ qua; không mở liên kết thì không có gì xảy ra.\n",
    en="Dear {name},\n\nYou are invited to Thước Số, with which the provincial libraries assess their digital "
    "transformation. Open the link below to set your password. It works once, until {until}.\n\n{link}\n\n"
    "If you did not expect this letter, please ignore it; nothing happens unless the link is opened.\n",
)
_RESET = Text(
    vi="Đặt mật khẩu mới cho Thước Số",
    en="A new password for Thước Số",
)
_NEW_PASSWORD = Text(
    vi="Kính gửi {name},\n\nNgười quản trị đã tạo liên kết để bạn đặt mật khẩu mới cho Thước Số. "
    "Liên kết chỉ dùng được một lần, đến hết {until}.\n\n{link}\n\n"
    "Nếu bạn không yêu cầu, xin báo người quản trị; mật khẩu đang dùng vẫn giữ nguyên.\n",
    en="Dear {name},\n\nThe administrator has made a link with which you set a new password for Thước Số. "
    "It works once, until {until}.\n\n{link}\n\n"
    "If you did not ask for it, please tell the administrator; your present password stays as it is.\n",
)


def invitation_letter(name: str, link: str, until: datetime, language: Language) -> tuple[str, str]:
    """Subject and text."""
    return _letter(_INVITED, _INVITATION, name, link, until, language)


def reset_letter(name: str, link: str, until: datetime, language: Language) -> tuple[str, str]:
    """Subject and text."""
    return _letter(_RESET, _NEW_PASSWORD, name, link, until, language)


def _letter(
    subject: Text, text: Text, name: str, link: str, until: datetime, language: Language
) -> tuple[str, str]:
    day = until.astimezone(HANOI)
    words = f"{day:%H:%M} {day.day}/{day.month}/{day.year}"
    return subject.to(language), text.fill(name=name, link=link, until=words).to(language)
