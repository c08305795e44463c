"""Letters handed to a mail server that really listens, over TLS and without, and every way in which it may refuse."""

import logging
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from survey.mail import Letter, MailError, MailServer, is_address, mail_server, send, try_to_send

LETTER = Letter(
    "Nguyễn Thị Hương",
    "huong@thuvien.example",
    "Thước Số: còn 7 ngày, Đợt đánh giá năm 2026",
    "Kính gửi Nguyễn Thị Hương,\n\nPhiếu của Thư viện tỉnh Điện Biên chưa được gửi.\n.\n"
    + "rất dài " * 300
    + "\n",
)
PASSWORD = "mật-khẩu thư".encode().hex()


class Inbox:
    """Keeps what arrives; refuses what a test names."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse_recipient = self.refuse_content = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse_content:
            return self.refuse_content
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(files[1]), "-out", str(files[0])],
        check=True, capture_output=True,
    )  # fmt: skip
    return files


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def post_office(inbox: Inbox, certificate: tuple[Path, Path]) -> Iterator[Callable[..., MailServer]]:
    """Starts a mail server and gives the settings for it."""
    started: list[Controller] = []

    def right(_server: SMTP, _session: Session, _envelope: Envelope, _kind: str, given: Any) -> AuthResult:  # noqa: ANN401
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)

    def start(security: str = "none", password: str = "") -> MailServer:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(*map(str, certificate))
        options: dict[str, Any] = {"tls_context": trust} if security == "starttls" else {}
        if password:
            options |= {
                "authenticator": right,
                "auth_required": True,
                "auth_require_tls": security == "starttls",
            }
        controller = Controller(
            inbox,
            hostname="127.0.0.1",
            port=free_port(),
            ssl_context=trust if security == "tls" else None,
            **options,
        )
        controller.start()
        started.append(controller)
        user = "thuoc-so" if password else ""
        return MailServer(
            host="localhost", port=controller.port, sender="thuoc-so@lienhiep.example", security=security,
            user=user, password=password,
        )  # fmt: skip

    yield start
    for controller in started:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_letter_arrives_with_every_vietnamese_mark(post_office: Callable[..., MailServer], inbox: Inbox):
    send(post_office(), LETTER)
    (came,) = inbox.letters
    assert came["Subject"] == LETTER.subject
    assert came["To"] == "Nguyễn Thị Hương <huong@thuvien.example>"
    assert came["From"] == "Thước Số <thuoc-so@lienhiep.example>"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["Message-ID"].endswith("@lienhiep.example>")
    assert came["Date"].datetime.tzinfo is not None
    assert came.get_content_charset() == "utf-8"
    assert came.get_content().splitlines() == LETTER.body.splitlines()


# aiosmtpd does not count a connection that is encrypted from its first byte.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_travels_over_tls_with_user_and_password(
    post_office: Callable[..., MailServer],
    inbox: Inbox,
    certificate: tuple[Path, Path],
    security: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    send(post_office(security, PASSWORD), LETTER)
    assert len(inbox.letters) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    post_office: Callable[..., MailServer], inbox: Inbox, security: str
):
    with pytest.raises(MailError, match="chứng thư TLS"):
        send(post_office(security), LETTER)
    assert not inbox.letters


def test_a_server_without_starttls_gets_nothing(post_office: Callable[..., MailServer], inbox: Inbox):
    plain = post_office()
    server = MailServer(host=plain.host, port=plain.port, sender=plain.sender, user="a", password="b")
    with pytest.raises(MailError, match="không có cách bảo mật"):
        send(server, LETTER)
    assert not inbox.letters


def test_a_wrong_password_is_told_and_not_shown(
    post_office: Callable[..., MailServer], certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    server = post_office("starttls", "sai-roi")
    assert "sai-roi" not in repr(server)
    with pytest.raises(MailError, match="tên hoặc mật khẩu") as refused:
        send(server, LETTER)
    assert "sai-roi" not in refused.value.text.vi + refused.value.text.en


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        ("refuse_recipient", "550 no such user", "không nhận địa chỉ này"),
        ("refuse_content", "452 disk full", "mã 452"),
        ("refuse_content", "554 spam", "mã 554"),
    ],
)
def test_a_refusal_is_told_in_words(
    post_office: Callable[..., MailServer], inbox: Inbox, field: str, answer: str, words: str
):
    setattr(inbox, field, answer)
    with pytest.raises(MailError, match=words):
        send(post_office(), LETTER)


def test_a_server_that_is_not_there_is_told_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture):
    server = MailServer(host="127.0.0.1", port=free_port(), sender="a@b.example", security="none")
    with caplog.at_level(logging.ERROR):
        failure = try_to_send(server, LETTER)
    assert failure is not None
    assert "Việc vừa làm vẫn được giữ" in failure.text.vi
    assert failure.text.en.startswith(
        "The letter to Nguyễn Thị Hương was not sent: the mail server was not reached."
    )
    (record,) = caplog.records
    assert LETTER.email not in record.getMessage()


def test_a_letter_that_went_out_is_no_failure(post_office: Callable[..., MailServer]):
    assert try_to_send(post_office(), LETTER) is None


@pytest.mark.parametrize(
    "email",
    ["", "huong", "huong@", "@thuvien.example", "a@b", "a@b.", "a@b.example\r\nBcc: c@d.example", "a b@c.example",
     "a@b.example, c@d.example", "<a@b.example>", "thư@thuvien.example", "a@thưviện.example", "a@b.example\0"],
)  # fmt: skip
def test_only_one_plain_address_is_written_to(
    email: str, post_office: Callable[..., MailServer], inbox: Inbox
):
    assert not is_address(email)
    with pytest.raises(MailError, match="không đúng dạng"):
        send(post_office(), Letter("Tên", email, "Thư", "Nội dung\n"))
    assert not inbox.letters


def test_line_breaks_in_a_name_or_subject_make_no_new_header(
    post_office: Callable[..., MailServer], inbox: Inbox
):
    send(post_office(), Letter("Tên\r\nBcc: x@y.example", "a@b.example", "Thư\nX-Them: 1", "Nội dung\n"))
    (came,) = inbox.letters
    assert came["Bcc"] is None
    assert came["X-Them"] is None
    assert came["Subject"] == "Thư X-Them: 1"


class TestSettings:
    FULL = MappingProxyType({"THUOC_SO_SMTP_HOST": "mail.example", "THUOC_SO_SMTP_SENDER": "a@b.example"})

    def test_without_a_host_there_is_no_server(self):
        assert mail_server({}) is None
        assert mail_server({"THUOC_SO_SMTP_HOST": " ", "THUOC_SO_SMTP_PORT": "x"}) is None

    @pytest.mark.parametrize(("security", "port"), [("", 587), ("STARTTLS", 587), ("tls", 465), ("none", 25)])
    def test_the_port_follows_the_security(self, security: str, port: int):
        server = mail_server({**self.FULL, "THUOC_SO_SMTP_SECURITY": security})
        assert server is not None
        assert (server.port, server.security) == (port, security.lower() or "starttls")

    def test_everything_can_be_set(self):
        server = mail_server(
            {
                **self.FULL,
                "THUOC_SO_SMTP_PORT": "2525",
                "THUOC_SO_SMTP_USER": "u",
                "THUOC_SO_SMTP_PASSWORD": " p ",
            }
        )
        assert server == MailServer(
            host="mail.example", port=2525, sender="a@b.example", user="u", password=" p "
        )

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PORT", "0"), ("PORT", "65536"), ("PORT", "hai"), ("PORT", "²"), ("SECURITY", "ssl"), ("SENDER", ""),
            ("SENDER", "Thước Số <a@b.example>"),
        ],
    )  # fmt: skip
    def test_a_wrong_setting_is_named(self, name: str, value: str):
        with pytest.raises(MailError, match=f"THUOC_SO_SMTP_{name} chưa đúng"):
            mail_server({**self.FULL, f"THUOC_SO_SMTP_{name}": value})

    def test_a_password_never_travels_in_the_clear(self):
        with pytest.raises(MailError, match="THUOC_SO_SMTP_SECURITY"):
            mail_server({**self.FULL, "THUOC_SO_SMTP_SECURITY": "none", "THUOC_SO_SMTP_USER": "u"})
