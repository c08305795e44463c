"""The words for decisions and threads, the same on every screen."""

from survey.review import ThreadState, Verdict
from survey.text import Language
from survey.translation import words

VERDICT_TONE = {Verdict.MET: "good", Verdict.REDUCED: "warn", Verdict.MORE: "bad"}
VERDICT_MARK = {Verdict.MET: "✓", Verdict.REDUCED: "↓", Verdict.MORE: "?"}
THREAD_TONE = {ThreadState.OPEN: "bad", ThreadState.ANSWERED: "warn", ThreadState.CLOSED: "quiet"}


def verdict(given: Verdict, language: Language) -> str:
    _ = words(language)
    return {
        Verdict.MET: _("Đạt"),
        Verdict.REDUCED: _("Giảm điểm"),
        Verdict.MORE: _("Yêu cầu bổ sung"),
    }[given]


def thread(state: ThreadState, language: Language) -> str:
    _ = words(language)
    return {
        ThreadState.OPEN: _("Mở"),
        ThreadState.ANSWERED: _("Đã trả lời"),
        ThreadState.CLOSED: _("Đã đóng"),
    }[state]
