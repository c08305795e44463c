"""Plain letters through the mail server that THUOC_SO_SMTP_* name; without one nothing is sent.

A letter never stands in the way of what a person does: `try_to_send` logs a failure and hands it back to be told.
"""

import logging
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.text import MIMEText
from email.utils import format_datetime, localtime, make_msgid

from survey.errors import SurveyError

HOST = "THUOC_SO_SMTP_HOST"
PORT = "THUOC_SO_SMTP_PORT"
SECURITY = "THUOC_SO_SMTP_SECURITY"
SENDER = "THUOC_SO_SMTP_SENDER"
USER = "THUOC_SO_SMTP_USER"
PASSWORD = "THUOC_SO_SMTP_PASSWORD"
SECURITIES = {"starttls": 587, "tls": 465, "none": 25}
WAIT = 15.0  # seconds for each answer of the mail server
_LOG = logging.getLogger("thuoc_so.mail")


class MailError(SurveyError):
    """A letter was not sent; whatever it told of is done all the same."""


@dataclass(frozen=True)
class Letter:
    """One letter to one person, in plain words."""

    name: str
    email: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Whom letters are handed to. security: starttls, tls, or none for a server on this machine."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The configured server; None where THUOC_SO_SMTP_HOST is not set.

    Raises:
        MailError: a setting is missing or malformed; the password is never quoted.
    """
    given = {name: environment.get(name, "").strip() for name in (HOST, PORT, SECURITY, SENDER, USER)}
    if not given[HOST]:
        return None
    security = given[SECURITY].lower() or "starttls"
    if security not in SECURITIES:
        raise _wrong(SECURITY, "starttls, tls, none")
    if given[USER] and security == "none":
        raise _wrong(SECURITY, "starttls, tls")  # a password never travels in the clear
    port = given[PORT] or str(SECURITIES[security])
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise _wrong(PORT, "1-65535")
    if not is_address(given[SENDER]):
        raise _wrong(SENDER, "thuoc-so@example.vn")
    return MailServer(
        host=given[HOST],
        port=int(port),
        sender=given[SENDER],
        security=security,
        user=given[USER],
        password=environment.get(PASSWORD, ""),
    )


def is_address(email: str) -> bool:
    """Whether letters can go there: one address, in letters that every mail server reads.

    >>> is_address("phong-tin-hoc@thuvien.example"), is_address("a@b, c@d"), is_address("thư@thuvien.example")
    (True, False, False)
    """
    try:
        read = Address(addr_spec=email)
    except (ValueError, MessageError, IndexError):
        return False
    return email.isascii() and email.isprintable() and "." in read.domain and not email.endswith(".")


def send(server: MailServer, letter: Letter) -> None:
    """Hand one letter to the mail server.

    Raises:
        MailError: the address is wrong, or the server is not there or refuses.
    """
    if not is_address(letter.email):
        raise _failed(letter, "địa chỉ e-mail không đúng dạng", "the e-mail address is malformed")
    try:
        _hand_over(server, _message(server, letter))
    except smtplib.SMTPAuthenticationError as error:
        raise _failed(
            letter,
            "máy chủ thư không nhận tên hoặc mật khẩu",
            "the mail server refused user name or password",
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise _failed(
            letter, "máy chủ thư không nhận địa chỉ này", "the mail server refused this address"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise _failed(
            letter,
            "máy chủ thư không có cách bảo mật hay đăng nhập đã đặt",
            "the mail server lacks the security or sign-in that is set",
        ) from error
    except ssl.SSLError as error:
        raise _failed(
            letter,
            "chứng thư TLS của máy chủ thư không tin được",
            "the mail server's certificate is not trusted",
        ) from error
    except smtplib.SMTPResponseException as error:
        raise _failed(
            letter,
            f"máy chủ thư từ chối (mã {error.smtp_code})",
            f"the mail server refused it ({error.smtp_code})",
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _failed(
            letter, "không kết nối được với máy chủ thư", "the mail server was not reached"
        ) from error


def try_to_send(server: MailServer, letter: Letter) -> MailError | None:
    """Send the letter; a failure is logged, without the address, and returned."""
    try:
        send(server, letter)
    except MailError as error:
        _LOG.error("a letter was not sent", exc_info=error.__cause__)
        return error
    return None


def _hand_over(server: MailServer, message: Message) -> None:
    trust = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=WAIT, context=trust)
        if server.security == "tls"
        else smtplib.SMTP(server.host, server.port, timeout=WAIT)
    )
    try:
        if server.security == "starttls":
            connection.starttls(context=trust)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)
    finally:
        with suppress(OSError, smtplib.SMTPException):  # the letter is sent, or the failure is told already
            connection.quit()


def _message(server: MailServer, letter: Letter) -> Message:
    """Built with the older classes: the newer ones lose a blank where a long Vietnamese subject is folded."""
    message = MIMEText(letter.body, "plain", "utf-8")
    for name, words in (
        ("From", _person("From", "Thước Số", server.sender)),
        ("To", _person("To", letter.name, letter.email)),
        ("Subject", Header(_one_line(letter.subject), "utf-8", header_name="Subject")),
    ):
        message[name] = words  # type: ignore[assignment] # a Header too, which typeshed does not say
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    return message


def _person(header: str, name: str, email: str) -> Header:
    words = Header(_one_line(name), "utf-8", header_name=header)
    words.append(f"<{email}>", "us-ascii")
    return words


def _one_line(words: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _wrong(name: str, like: str) -> MailError:
    return MailError(
        vi=f"Chưa gửi được thư: {name} chưa đúng. Hãy đặt như: {like}.",
        en=f"No mail can be sent: {name} is not right. Set it like: {like}.",
    )


def _failed(letter: Letter, why: str, why_en: str) -> MailError:
    name = _one_line(letter.name)
    return MailError(
        vi=f"Chưa gửi được thư cho {name}: {why}. Việc vừa làm vẫn được giữ; hãy báo người ấy bằng cách khác.",
        en=f"The letter to {name} was not sent: {why_en}. What was done stands; tell them in another way.",
    )
