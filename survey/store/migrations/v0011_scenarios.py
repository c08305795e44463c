"""Named what-ifs of a library beside its answers."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("library_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.UniqueConstraint("round_id", "library_id", "name", name="uq_scenario_name"),
    )
