"""The shelf of evidence files of each library."""

import sqlalchemy as sa
from alembic import op

from survey.store.columns import Moment

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("library_id", sa.Text(), primary_key=True),
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
    )
