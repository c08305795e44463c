"""Proposed changes of targets, and what became of them."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "target_proposal",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("framework_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
    )
