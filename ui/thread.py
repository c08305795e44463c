"""One decision and what both sides wrote about it, as HTML."""

from report import labels, review_words
from survey.framework import AnyQuestion
from survey.reasons import review_reasons
from survey.review import Decision, Post, ReviewFile, Ruling, Side
from survey.text import format_moment
from ui import markup, session


def verdict_badge(decision: Decision) -> str:
    return markup.badge(
        review_words.verdict(decision.verdict, session.current_language()),
        review_words.VERDICT_TONE[decision.verdict],
        mark=review_words.VERDICT_MARK[decision.verdict],
    )


def state_badge(file: ReviewFile, question_id: str) -> str:
    """Where the exchange stands; blank where there is none."""
    _, language = session.current_words(), session.current_language()
    state = file.thread(question_id)
    if state is None:
        return ""
    words = _("Trao đổi: {state}").format(state=review_words.thread(state, language))
    return markup.badge(words, review_words.THREAD_TONE[state])


def reason_words(decision: Decision) -> str:
    reason = review_reasons().get(decision.ruling.reason)
    return reason.label.to(session.current_language()) if reason else decision.ruling.reason


def show(question: AnyQuestion, file: ReviewFile) -> str:
    """The newest decision with its reason, then all posts, oldest first."""
    decision = file.decision(question.id)
    if decision is None:
        return ""
    _, language = session.current_words(), session.current_language()
    said = [reason_words(decision)] if decision.ruling.reason else []
    if decision.ruling.value is not None:
        shown = labels.answer_text(question, decision.ruling.value, language)
        said.append(_("theo thẩm định: {value}").format(value=shown))
    head = f"{verdict_badge(decision)} {state_badge(file, question.id)} {markup.text(' · '.join(said))}"
    posts = file.posts.get(question.id, ())
    return f"<div class='thread'><p class='thread-head'>{head}</p>{''.join(map(_post, posts))}</div>"


def _post(post: Post) -> str:
    if not post.words:
        return ""
    _, language = session.current_words(), session.current_language()
    side = _("Thư viện giải trình") if post.side is Side.LIBRARY else _("Người thẩm định")
    return (
        f"<div class='post {post.side.value}'><span class='post-head'>{markup.text(side)} · "
        f"{markup.text(format_moment(post.at, language))}</span>{markup.paragraph(post.words)}</div>"
    )


def ruling_words(ruling: Ruling) -> str:
    """A decision that was wished but not recorded, in one line."""
    language = session.current_language()
    return " · ".join(part for part in (review_words.verdict(ruling.verdict, language), ruling.words) if part)
