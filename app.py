"""The server: Streamlit's ASGI app with plain routes beside it. Start it with `streamlit run app.py`.

THUOC_SO_SAMPLE=1 starts the sample rounds in a database file of their own; DATABASE_URL names the
real database (SQLite or PostgreSQL); THUOC_SO_HOST the names under which people reach the server,
THUOC_SO_HTTPS=1 that they do so over TLS alone; THUOC_SO_LOG=json the form of the log.
"""

import gc
import importlib
import os
import pkgutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import streamlit as st
import uvicorn.config

import ui
from api import Site, middleware, routes
from survey.errors import StorageError, SurveyError
from survey.installation import SETUP_FILE, hosts, is_secure, site_address
from survey.letters import SendMail
from survey.logs import set_up_logs
from survey.mail import Letter, mail_server, send
from survey.members import Members, load_members
from survey.opening import PROJECT, Opened, open_store
from survey.provider import Provider, find_provider
from survey.rounds import RoundState
from survey.sample.accounts import DEMO_PASSWORD, demo_accounts
from ui.application import Application, configure
from ui.application import application as running
from ui.logs import join_streamlit
from ui.mishaps import log_mishap


def opened() -> Opened:
    """The store of this start, or one sentence on the console and exit code 1."""
    try:
        return open_store(os.environ)
    except StorageError as error:
        stop(error)


def provider() -> Provider | None:
    """The identity provider of this start."""
    try:
        return find_provider(os.environ, PROJECT / ".streamlit" / "secrets.toml")
    except SurveyError as error:
        stop(error)


def mail() -> SendMail | None:
    """How letters leave; None where no mail server is configured."""
    try:
        server = mail_server(os.environ)
    except SurveyError as error:
        stop(error)
    if server is None:
        return None

    def send_mail(*, to: str, subject: str, text: str) -> None:
        send(server, Letter(name="", email=to, subject=subject, body=text))

    return send_mail


def stop(error: SurveyError) -> NoReturn:
    sys.stderr.write(f"\n{error.text.vi}\n{error.text.en}\n")
    sys.stderr.flush()
    # Streamlit would turn an exception into a traceback and SystemExit into code 0 or 3.
    os._exit(1)


def start() -> Site:
    """Put the parts together, once for the process."""
    keep_one_log()
    place = opened()
    members = Members(federation=load_members().federation, members=place.store.members.all())
    signing_in = provider()
    application = Application(
        place.store,
        members,
        sample=place.sample,
        provider=signing_in is not None,
        address=site_address(os.environ) if hosts(os.environ) else "",
        mail=None if place.sample else mail(),
    )
    configure(application)
    if not place.sample and not place.store.accounts.has_accounts():
        give_setup_link(place.store.accounts.make_setup_token(datetime.now(UTC)))
    demo = tuple((login, name) for login, name, *_ in demo_accounts(members)) if place.sample else ()
    return Site(
        store=place.store,
        sample=place.sample,
        reports=application.report,
        rank_study=lambda round_id, basis: application.rank_study(round_id, basis).study,
        secure=is_secure(os.environ),
        hosts=frozenset(hosts(os.environ)),
        demo=demo,
        demo_password=DEMO_PASSWORD if place.sample else None,
        provider=signing_in,
    )


def keep_one_log() -> None:
    """One form for all log lines: ours, Streamlit's and those of the server below, which asks for its settings later."""
    set_up_logs(os.environ)
    join_streamlit()
    uvicorn.config.LOGGING_CONFIG["handlers"] = {}
    uvicorn.config.LOGGING_CONFIG["loggers"] = {}


def give_setup_link(token: str) -> None:
    """Hand over the one-time link on the console, or in a file where the console is a log that others read."""
    link = f"{site_address(os.environ, st.get_option('server.port'))}/thiet-lap?ma={token}"
    file = os.environ.get(SETUP_FILE, "")
    if file:
        write_for_owner(Path(file), f"{link}\n")
    sys.stdout.write(
        "\nChưa có tài khoản nào. Mở liên kết này (dùng một lần, hết hạn sau 24 giờ) "
        f"để tạo tài khoản quản trị đầu tiên:\n  {file or link}\n\n"
    )
    sys.stdout.flush()


def write_for_owner(file: Path, words: str) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(words, encoding="utf-8")


def load_pages(application: Application) -> None:
    """Load what every page will need, so that it is there before the garbage collection is frozen."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.startswith(("ui.pages", "ui.main")):
            importlib.import_module(found.name)
    for round_ in application.store.rounds.all():
        if round_.state is not RoundState.DRAFT:
            application.report(round_.id)


site = start()
load_pages(running())
app = st.App("ui/main.py", routes=routes(site), middleware=middleware(site), on_script_error=log_mishap)
# What is imported stays: without this each run of a page would walk all of it looking for garbage.
gc.collect()
gc.freeze()
