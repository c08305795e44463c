"""Work e-mail, a second factor, one-time links, and the names of the devices behind sessions."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Added one by one: SQLite would otherwise copy the table, which other tables point to.
    op.add_column("account", sa.Column("email", sa.Text()))
    op.add_column("account", sa.Column("totp_key", sa.Text()))
    op.add_column("account", sa.Column("totp_step", sa.BigInteger()))
    op.create_index("ix_account_email", "account", ["email"], unique=True)
    op.add_column("session", sa.Column("device", sa.Text()))
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("library_id", sa.Text()),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
    )
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("code_hash", sa.Text(), primary_key=True),
    )
    op.create_table(
        "second_step",
        sa.Column("token_hash", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("expires_at", Moment(), nullable=False),
    )
