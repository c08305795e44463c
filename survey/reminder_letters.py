"""The words of a reminder, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from survey.mail import Letter
from survey.reminders import Reminder
from survey.response import Response, ResponseState
from survey.text import Text, format_day, format_moment

DAYS = Text(vi="còn {n} ngày", en="{n} days left")
LAST_DAY_BUT_ONE = Text(vi="còn 1 ngày", en="1 day left")
TODAY = Text(vi="hạn là hôm nay", en="due today")
PAST = Text(vi="đã quá hạn", en="overdue")

SUBJECT = Text(vi="Thước Số: {when}, {round}", en="Thước Số: {when}, {round}")
GREETING = Text(vi="Kính gửi {name},", en="Dear {name},")
BEFORE = Text(
    vi="Phiếu của {library} trong {round} chưa được gửi. Hạn gửi là ngày {day} ({when}).",
    en="The response of {library} in {round} has not been sent. It is due on {day} ({when}).",
)
AFTER = Text(
    vi="Hạn gửi phiếu trong {round} là ngày {day}, nay đã qua. Phiếu của {library} vẫn chưa được gửi.",
    en="Responses in {round} were due on {day}. The response of {library} has still not been sent.",
)
OF_ALL = Text(
    vi="Hạn gửi phiếu trong {round} là ngày {day}, nay đã qua. Còn {n} thư viện chưa gửi phiếu:",
    en="Responses in {round} were due on {day}. Libraries that have not sent theirs: {n}.",
)
NOT_BEGUN = Text(vi="chưa bắt đầu trả lời", en="not begun")
RETURNED = Text(vi="được trả lại để bổ sung, giải trình", en="returned for additions or explanation")
AT_WORK = Text(vi="đang trả lời", en="being answered")
LAST = Text(vi="{state}, lần cập nhật gần nhất {moment}", en="{state}, last changed {moment}")
STATE = Text(vi="Tình trạng phiếu: {state}.", en="State of the response: {state}.")
OPEN_IT = Text(vi="Mở phiếu tại: {address}", en="Open it at: {address}")
SEE_ALL = Text(vi="Xem tiến độ tại: {address}", en="See the progress at: {address}")
ASK = Text(
    vi="Nếu có vướng mắc hoặc cần thêm thời gian, xin liên hệ thường trực Liên hiệp. Nếu phiếu vừa được gửi, xin bỏ "
    "qua thư này.",
    en="If something stands in the way or you need more time, please contact the Federation's office. If the response "
    "has just been sent, please ignore this letter.",
)
CLOSING = Text(
    vi="Trân trọng,\n{federation}\n\n(Thư do Thước Số gửi tự động, xin không trả lời thư này.)",
    en="Kind regards,\n{federation}\n\n(Sent automatically by Thước Số; please do not reply.)",
)


def letter_of(
    reminder: Reminder, today: date, *, site: str, federation: Text, names: Mapping[str, Text]
) -> Letter:
    """The letter. site: the address of the installation. names: of the libraries, by id."""
    language = reminder.recipient.language

    def say(words: Text, **values: object) -> str:
        return words.to(language).format(**values)

    when = _when(reminder.days_left(today), say)
    facts = {
        "round": reminder.round.name,
        "day": format_day(reminder.round.closes_on, language),
        "when": when,
    }
    own = reminder.recipient.library_id
    if own is not None and own in reminder.responses:
        opening = BEFORE if reminder.days_left(today) >= 0 else AFTER
        middle = [
            say(opening, library=names[own].to(language), **facts),
            say(STATE, state=_state(reminder.responses[own], say, reminder)),
            say(OPEN_IT, address=f"{site}/tra-loi"),
        ]
    else:
        lines = [
            f"- {names[library].to(language)}: {_state(response, say, reminder)}"
            for library, response in reminder.responses.items()
        ]
        middle = [
            "\n".join([say(OF_ALL, n=len(lines), **facts), *lines]),
            say(SEE_ALL, address=f"{site}/tien-do"),
        ]
    asked = [say(ASK)] if own in reminder.responses else []
    body = [
        say(GREETING, name=reminder.recipient.name),
        *middle,
        *asked,
        say(CLOSING, federation=federation.to(language)),
    ]
    return Letter(
        reminder.recipient.name, reminder.recipient.email, say(SUBJECT, **facts), "\n\n".join(body) + "\n"
    )


Say = Callable[..., str]


def _when(left: int, say: Say) -> str:
    if left < 0:
        return say(PAST)
    return say(TODAY) if left == 0 else say(LAST_DAY_BUT_ONE) if left == 1 else say(DAYS, n=left)


def _state(response: Response | None, say: Say, reminder: Reminder) -> str:
    if response is None or response.last_activity is None:
        return say(NOT_BEGUN)
    state = say(RETURNED if response.state is ResponseState.RETURNED else AT_WORK)
    return say(LAST, state=state, moment=format_moment(response.last_activity, reminder.recipient.language))
