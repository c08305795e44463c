"""A library's people by what they do: whoever had the one account could also send, so it becomes the director's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    account = sa.table("account", sa.column("role", sa.Text))
    op.execute(sa.update(account).where(account.c.role == "library").values(role="director"))
