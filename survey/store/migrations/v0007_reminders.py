"""Which reminders were sent."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("round_id", sa.Text(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("closes_on", sa.Date(), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("library_id", sa.Text(), primary_key=True),
        sa.Column("recipient_hash", sa.Text(), primary_key=True),
        sa.Column("sent_at", Moment(), nullable=False),
    )
