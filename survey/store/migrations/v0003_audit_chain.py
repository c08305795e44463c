"""Chain the audit trail, and let the database itself refuse to change or drop what is only ever added."""

import secrets

import sqlalchemy as sa
from alembic import op

from survey.store.chain import FIRST, Link, digest_of, mark_of
from survey.store.columns import Moment

revision = "0003"
down_revision = "0002"

NEW = ("salt", "mark", "previous", "digest")
# Columns that may change: the name of a person who was erased.
KEPT = {
    "audit": ("sequence", "at", "action", "object", "old", "new", "mark", "previous", "digest"),
    "answer": (
        "round_id", "library_id", "question_id", "revision", "state", "numerator", "denominator", "value",
        "items", "beside", "saved_at",
    ),
}  # fmt: skip
REFUSED = "rows of this table are only ever added"


def upgrade() -> None:
    for name in NEW:
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
    )
    count, digest = _chain(op.get_bind())
    op.execute(sa.insert(head).values(id=1, count=count, digest=digest))
    _sqlite_guards() if op.get_bind().dialect.name == "sqlite" else _postgresql_guards()


def _chain(connection: sa.Connection) -> tuple[int, str]:
    """Chain what was recorded before there was a chain; how many rows, and the newest digest."""
    audit = sa.table(
        "audit",
        *(sa.column(name) for name in ("sequence", "by", "action", "object", "old", "new", *NEW)),
        sa.column("at", Moment),
    )
    columns = (
        audit.c.sequence,
        audit.c.at,
        audit.c.by,
        audit.c.action,
        audit.c.object,
        audit.c.old,
        audit.c.new,
    )
    rows = connection.execute(sa.select(*columns).order_by(audit.c.sequence)).all()
    previous = FIRST
    for sequence, at, by, action, thing, old, new in rows:
        salt = secrets.token_hex(16)
        link = Link(at, mark_of(salt, by), action, thing, old, new)
        digest = digest_of(previous, link)
        connection.execute(
            sa.update(audit)
            .where(audit.c.sequence == sequence)
            .values(salt=salt, mark=link.mark, previous=previous, digest=digest)
        )
        previous = digest
    return len(rows), previous


def _sqlite_guards() -> None:
    for table, columns in KEPT.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        for event, of in (("UPDATE", f" OF {listed}"), ("DELETE", "")):
            op.execute(
                f"CREATE TRIGGER {table}_keeps_{event.lower()} BEFORE {event}{of} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )


def _postgresql_guards() -> None:
    op.execute(
        "CREATE FUNCTION only_ever_added() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for table, columns in KEPT.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        for event, of in (("UPDATE", f" OF {listed}"), ("DELETE", "")):
            op.execute(
                f"CREATE TRIGGER {table}_keeps_{event.lower()} BEFORE {event}{of} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION only_ever_added()"
            )
