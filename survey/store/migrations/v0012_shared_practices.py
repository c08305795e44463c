"""What libraries agreed to share about how they work."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "shared_practice",
        sa.Column("round_id", sa.Text(), primary_key=True),
        sa.Column("library_id", sa.Text(), primary_key=True),
        sa.Column("question_id", sa.Text(), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Boolean(), nullable=False),
        sa.Column("shared_by", sa.Text(), nullable=False),
        sa.Column("shared_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment()),
        sa.ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
    )
