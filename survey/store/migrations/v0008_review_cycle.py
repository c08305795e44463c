"""The review cycle: receipts of sendings, decisions, threads, assignments, late exceptions.

Responses that were sent before get a receipt too, in the order in which they were sent.
"""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("response", sa.Column("opened", sa.Text()))
    _submissions()
    _review()
    _rights()
    _carry_over()


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False)


def _of_response() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"])


def _submissions() -> None:
    op.create_table(
        "submission",
        _key("round_id"),
        _key("library_id"),
        _number(),
        sa.Column("serial", sa.Integer(), nullable=False),
        _words("sent_by"),
        _words("name"),
        _words("certified"),
        _words("digest"),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment()),
        sa.Column("withdrawn_by", sa.Text()),
        _of_response(),
        sa.UniqueConstraint("round_id", "serial", name="uq_submission_serial"),
    )


def _review() -> None:
    op.create_table(
        "decision",
        _key("round_id"),
        _key("library_id"),
        _key("question_id"),
        _number(),
        sa.Column("revision", sa.Integer(), nullable=False),
        _words("verdict"),
        _words("reason"),
        _words("words"),
        sa.Column("numerator", sa.Double()),
        sa.Column("denominator", sa.Double()),
        sa.Column("value", sa.Double()),
        _words("items"),
        _words("decided_by"),
        sa.Column("decided_at", Moment(), nullable=False),
        _of_response(),
    )
    op.create_table(
        "post",
        _key("round_id"),
        _key("library_id"),
        _key("question_id"),
        _number(),
        _words("side"),
        _words("words"),
        _words("state"),
        _words("posted_by"),
        sa.Column("posted_at", Moment(), nullable=False),
        _of_response(),
    )


def _rights() -> None:
    op.create_table(
        "assignment",
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), primary_key=True),
        _key("library_id"),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
    )
    op.create_index("ix_assignment_person_id", "assignment", ["person_id"])
    op.create_table(
        "late_exception",
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), primary_key=True),
        _key("library_id"),
        sa.Column("last_day", sa.Date(), nullable=False),
        _words("reason"),
        _words("granted_by"),
        sa.Column("granted_at", Moment(), nullable=False),
    )


def _carry_over() -> None:
    op.execute(
        """
        INSERT INTO submission (round_id, library_id, number, serial, sent_by, name, certified, digest, sent_at)
        SELECT round_id, library_id, 1,
               row_number() OVER (PARTITION BY round_id ORDER BY submitted_at, library_id),
               '', '', '', '', submitted_at
        FROM response WHERE submitted_at IS NOT NULL
        """
    )
