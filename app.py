"""The server: Streamlit's ASGI app with plain routes beside it. Start it with `streamlit run app.py`.

THUOC_SO_SAMPLE=1 starts the sample rounds in a database file of their own; DATABASE_URL names the
real database (SQLite or PostgreSQL).
"""

import gc
import importlib
import logging
import os
import pkgutil
import sys
from datetime import UTC, datetime
from typing import NoReturn

import streamlit as st

import ui
from api import Site, middleware, routes
from survey.errors import StorageError, SurveyError
from survey.members import Members, load_members
from survey.opening import PROJECT, Opened, open_store
from survey.provider import Provider, find_provider
from survey.rounds import RoundState
from survey.sample.accounts import DEMO_PASSWORD, demo_accounts
from ui.application import Application, configure
from ui.application import application as running
from ui.mishaps import log_mishap

LOGGER = logging.getLogger("thuoc_so")


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


def stop(error: SurveyError) -> NoReturn:
    sys.stderr.write(f"\n{error.text.vi}\n{error.text.en}\n")
    sys.stderr.flush()
    # Streamlit would turn an exception into a traceback and SystemExit into code 0 or 3.
    os._exit(1)


def start() -> Site:
    """Put the parts together, once for the process."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    place = opened()
    members = Members(federation=load_members().federation, members=place.store.members.all())
    signing_in = provider()
    application = Application(
        place.store,
        members,
        sample=place.sample,
        provider=signing_in is not None,
        address=os.environ.get("THUOC_SO_ADDRESS", "").strip().rstrip("/"),
    )
    configure(application)
    if not place.sample and not place.store.accounts.has_accounts():
        token = place.store.accounts.make_setup_token(datetime.now(UTC))
        port = st.get_option("server.port")
        sys.stdout.write(
            "\nChưa có tài khoản nào. Mở liên kết này (dùng một lần, hết hạn sau 24 giờ) "
            f"để tạo tài khoản quản trị đầu tiên:\n  http://localhost:{port}/thiet-lap?ma={token}\n\n"
        )
        sys.stdout.flush()
    demo = tuple((login, name) for login, name, *_ in demo_accounts(members)) if place.sample else ()
    return Site(
        store=place.store,
        sample=place.sample,
        reports=application.report,
        secure=os.environ.get("THUOC_SO_HTTPS") == "1",
        demo=demo,
        demo_password=DEMO_PASSWORD if place.sample else None,
        provider=signing_in,
    )


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
