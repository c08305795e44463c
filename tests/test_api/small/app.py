"""A small app behind the real routes and middleware, for tests that need a running server."""

import os

import streamlit as st

from api import Site, middleware, routes
from survey.store import Store

site = Site(
    store=Store.open(os.environ["DATABASE_URL"]),
    reports=lambda _: None,
    rank_study=lambda _round, _basis: None,
)
app = st.App("main.py", routes=routes(site), middleware=middleware(site))
