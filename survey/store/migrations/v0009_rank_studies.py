"""Studies of ranks, kept with the round that they belong to."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "rank_study",
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("basis", sa.Text(), primary_key=True),
        sa.Column("data_version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
    )
