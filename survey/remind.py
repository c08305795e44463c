"""remind: write to those whose response is due, each reminder once; for a scheduler, daily or hourly."""

import argparse
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from survey.installation import site_address
from survey.mail import Letter, MailServer, mail_server, try_to_send
from survey.members import Members, load_members
from survey.opening import open_store
from survey.reminder_letters import letter_of
from survey.reminders import Recipient, Reminder, Standing, due_reminders, without_recipient
from survey.rounds import RoundState
from survey.store import Store
from survey.text import HANOI


def take_remind(command: argparse.ArgumentParser) -> None:
    """remind: send what is due; without a mail server, or with --dry-run, only print it."""
    command.add_argument(
        "--dry-run", action="store_true", help="print the letters, send nothing, note nothing"
    )
    command.set_defaults(run=remind)


def remind(options: argparse.Namespace) -> int:
    """The database is the one that the server would open; invented people are never written to."""
    opened = open_store(os.environ)
    try:
        server = None if opened.sample or options.dry_run else mail_server(os.environ)
        return remind_all(opened.store, server, os.environ, datetime.now(UTC).astimezone(HANOI).date())
    finally:
        opened.store.close()


def remind_all(store: Store, server: MailServer | None, environment: Mapping[str, str], today: date) -> int:
    """Go through what is due on `today`; 1 where a letter could not be sent, which the next run tries again."""
    members = Members(federation=load_members().federation, members=store.members.all())
    standings, people = standings_of(store, members), recipients_of(store)
    names = {member.id: member.name for member in members.members}
    done: list[bool] = []
    for reminder in due_reminders(standings, people, today):
        letter = letter_of(
            reminder, today, site=site_address(environment), federation=members.federation, names=names
        )
        if server is None:
            if not store.reminders.was_sent(reminder):
                print(f"{_line(reminder)} {letter.email}\n{letter.subject}\n\n{letter.body}")
        elif store.reminders.claim(reminder):
            # Claimed before it is sent: two schedulers at once, or a crash, must never write to anybody twice.
            done.append(_send(store, server, reminder, letter))
    for library in without_recipient(standings, people, today):
        print(f"Chưa có địa chỉ e-mail của ai ở {names[library].vi}: hãy nhắc bằng cách khác.")
    sent, failed = done.count(True), done.count(False)
    if server is None:
        print("Chỉ in ra, không gửi thư nào. (Printed only; nothing was sent.)")
    else:
        print(f"Đã gửi {sent} thư, {failed} thư chưa gửi được. ({sent} sent, {failed} failed.)")
    return 1 if failed else 0


def recipients_of(store: Store) -> tuple[Recipient, ...]:
    """Everybody who may be written to: active accounts with an e-mail address."""
    disabled = store.accounts.disabled()
    return tuple(
        Recipient(
            person.name, email, "en" if person.language == "en" else "vi", person.role, person.library_id
        )
        for person in store.accounts.all()
        if person.id not in disabled and (email := str(getattr(person, "email", None) or ""))
    )


def standings_of(store: Store, members: Members) -> tuple[Standing, ...]:
    """The open rounds, each with its members' responses."""
    found = []
    for round_ in store.rounds.all():
        if round_.state is RoundState.OPEN:
            responses = store.answers.responses(round_.id)
            valid = members.valid_on(round_.reference_date)
            granted = store.cycle.late_exceptions(round_.id)
            found.append(
                Standing(
                    round_,
                    {member.id: responses.get(member.id) for member in valid},
                    {library: one.last_day for library, one in granted.items()},
                )
            )
    return tuple(found)


def _send(store: Store, server: MailServer, reminder: Reminder, letter: Letter) -> bool:
    failure = try_to_send(server, letter)
    if failure is not None:
        store.reminders.give_back(reminder)
    print(failure.text.vi if failure else f"Đã gửi. {_line(reminder)}")
    return failure is None


def _line(reminder: Reminder) -> str:
    return f"[{reminder.round.id}, {reminder.kind}] {reminder.recipient.name}"
