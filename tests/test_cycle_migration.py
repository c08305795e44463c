"""Responses from before the review cycle come over whole, and what was sent gets its receipt."""

from datetime import UTC, datetime, timedelta

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from survey.response import ResponseState
from survey.store import Store, migrating
from survey.store.engine import Database

SENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROUND = (
    "INSERT INTO round VALUES ('2026', 'Đợt 2026', 'trial', 1, '2025-12-31', '2026-03-01', '2026-03-31', 'open',"
    " 'abc', 3)"
)
RESPONSE = "INSERT INTO response VALUES ('2026', :library, :state, '', :sent, :sent_or_saved)"


def _as_before_the_cycle(database: Database) -> None:
    scripts = ScriptDirectory(str(migrating.FOLDER), version_locations=[str(migrating.FOLDER)])
    with (
        database.writing() as connection,
        EnvironmentContext(
            Config(), scripts, fn=lambda revision, _: scripts._upgrade_revs("0007", revision)
        ) as environment,
    ):
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def test_what_was_sent_before_has_a_receipt_in_the_order_of_sending(database_url: str):
    database = Database(database_url)
    _as_before_the_cycle(database)
    later = SENT + timedelta(hours=3)
    rows = [
        {"library": "an_giang", "state": "submitted", "sent": later, "sent_or_saved": later},
        {"library": "ca_mau", "state": "accepted", "sent": SENT, "sent_or_saved": SENT},
        {"library": "son_la", "state": "draft", "sent": None, "sent_or_saved": SENT},
    ]
    if database.is_sqlite:
        for row in rows:
            row.update(
                {
                    name: row[name].isoformat(timespec="microseconds")
                    for name in ("sent", "sent_or_saved")
                    if row[name]
                }
            )
    with database.writing() as connection:
        connection.execute(text(ROUND))
        connection.execute(text(RESPONSE), rows)
    database.close()
    store = Store.open(database_url)
    receipts = {
        library: [entry.receipt for entry in store.cycle.submissions("2026", library)]
        for library in ("ca_mau", "an_giang", "son_la")
    }
    assert receipts == {"ca_mau": ["001/2026"], "an_giang": ["002/2026"], "son_la": []}
    assert store.cycle.submissions("2026", "ca_mau")[0].at == SENT
    states = {library: one.state for library, one in store.answers.responses("2026").items()}
    assert states == {
        "an_giang": ResponseState.SUBMITTED,
        "ca_mau": ResponseState.ACCEPTED,
        "son_la": ResponseState.DRAFT,
    }
    store.close()
