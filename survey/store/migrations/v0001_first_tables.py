"""The first tables."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("setting", _key("name"), _words("value"))
    _definitions()
    _answers()
    _people()
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("at", Moment(), nullable=False),
        _words("by"),
        _words("action"),
        _words("object"),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sqlite_autoincrement=True,
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _definitions() -> None:
    op.create_table(
        "member",
        _key("id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        _words("content"),
    )
    op.create_table("framework", _key("id"), _number("version"), _key("checksum"), _words("text"))
    op.create_table(
        "round",
        _key("id"),
        _words("name"),
        _words("framework_id"),
        sa.Column("framework_version", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        _words("state"),
        _words("checksum"),
        sa.Column("data_version", sa.Integer(), nullable=False),
    )


def _answers() -> None:
    op.create_table(
        "response",
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), primary_key=True),
        _key("library_id"),
        _words("state"),
        _words("remark"),
        sa.Column("submitted_at", Moment()),
        sa.Column("last_activity", Moment(), nullable=False),
    )
    of_response = ["round_id", "library_id"]
    op.create_table(
        "answer",
        *map(_key, ("round_id", "library_id", "question_id")),
        _number("revision"),
        _words("state"),
        *(sa.Column(name, sa.Double()) for name in ("numerator", "denominator", "value")),
        _words("items"),
        _words("beside"),
        _words("saved_by"),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(of_response, [f"response.{name}" for name in of_response]),
        sqlite_with_rowid=False,
    )
    of_answer = ["round_id", "library_id", "question_id", "revision"]
    op.create_table(
        "verification",
        *map(_key, of_answer[:3]),
        _number("revision"),
        _words("verified_by"),
        sa.Column("verified_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(of_answer, [f"answer.{name}" for name in of_answer]),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("login", sa.Text(), nullable=False, unique=True),
        _words("name"),
        _words("role"),
        sa.Column("library_id", sa.Text()),
        _words("language"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _words("password_hash"),
    )
    op.create_table(
        "session",
        _key("token_hash"),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("last_seen", Moment(), nullable=False),
    )
    op.create_table("setup_token", _key("token_hash"), sa.Column("expires_at", Moment(), nullable=False))
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), primary_key=True),
        _words("login_hash"),
        _words("address_hash"),
        sa.Column("tried_at", Moment(), nullable=False),
        sa.Index("ix_sign_in_attempt_login", "login_hash", "tried_at"),
        sa.Index("ix_sign_in_attempt_address", "address_hash", "tried_at"),
    )
