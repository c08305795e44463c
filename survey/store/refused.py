"""Note in the audit trail what was tried and refused; the refused change itself left nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from survey.errors import StorageError
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.refusals import ActionNotAllowedError, RefusedActionError
from survey.workflow import Action


@contextmanager
def refusals_noted(
    database: Database, action: Action | str, thing: str, *, by: str, at: datetime
) -> Iterator[None]:
    try:
        yield
    except (RefusedActionError, ActionNotAllowedError) as error:
        # The person is told the refusal, whether or not the database takes the note.
        with suppress(StorageError), database.writing() as connection:
            write_audit(
                connection, "refused", thing, by=by, at=at, new={"action": str(action), "why": error.text.vi}
            )
        raise
