"""The responses of all rounds: the answers by profile, told on by the story, written up with words."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from math import ceil

from survey.framework import Framework
from survey.members import Member, Members
from survey.response import Answer, AnswerState, ResponseState
from survey.rounds import Round, RoundState
from survey.sample.answering import answers_of
from survey.sample.chance import chance, working_day
from survey.sample.mergers import merged_answers
from survey.sample.paperwork import Desk, write_up
from survey.sample.profiles import load_profiles
from survey.sample.story import Part, load_story, load_texts
from survey.text import HANOI

LEAST_VERIFIED = 0.6
ALL_VERIFIED_FROM = 0.92  # a reviewer who is nearly through goes through with it
LAST_DAYS = 13  # hardly anybody sends earlier
WORKING_DAY, WORKING_MINUTES = time(7, 30), 9 * 60


@dataclass(frozen=True)
class SampleResponse:
    """One library's response in a round, with the questions that the reviewer verified.

    submitted: when it was sent; None for a draft. saved: when a draft was saved last.
    """

    state: ResponseState
    submitted: datetime | None
    answers: dict[str, Answer]
    verified: frozenset[str] = frozenset()
    remark: str = ""
    saved: datetime | None = None


@dataclass
class SampleRound:
    """One round with its responses by library, in the order of the members."""

    round_: Round
    responses: dict[str, SampleResponse] = field(default_factory=dict)


def make_responses(framework: Framework, members: Members, rounds: tuple[Round, ...]) -> list[SampleRound]:
    """Invent every response of every round; the same each time."""
    made: list[SampleRound] = []
    for place, round_ in enumerate(rounds):
        last = made[-1].responses if made else {}
        sample = SampleRound(round_)
        for member in members.valid_on(round_.reference_date):
            part = load_story()[round_.id].get(member.id, Part())
            if not part.not_begun:
                desk = Desk(framework, load_texts(), member, round_.reference_date, part)
                before = last[member.id].answers if member.id in last else {}
                sample.responses[member.id] = _response(desk, round_, place, before)
        made.append(sample)
    return made


def _response(desk: Desk, round_: Round, place: int, before: dict[str, Answer]) -> SampleResponse:
    part = desk.part
    given = dict(_told(part, _by_profile(desk.framework, desk.member, place)))
    written = write_up(desk, given, before)
    in_order = {name: written[name] for name in desk.framework.questions if name in written}
    return SampleResponse(
        state=part.state,
        submitted=_submitted(part, desk.member, round_),
        answers=in_order,
        verified=_verified(part, desk.member, round_, in_order),
        remark=part.remark,
        saved=part.saved,
    )


def _by_profile(framework: Framework, member: Member, place: int) -> dict[str, Answer]:
    profiles = load_profiles()
    if member.id in profiles.merged:
        return merged_answers(framework, profiles, profiles.merged[member.id])
    return answers_of(framework, profiles.libraries[member.id], place)


def _told(part: Part, answers: dict[str, Answer]) -> Iterator[tuple[str, Answer]]:
    """The answers as the story changes them; what was skipped is not there."""
    for name, answer in answers.items():
        if name in part.skipped or (part.only is not None and name not in part.only):
            continue
        if name in part.unknown:
            yield name, Answer(AnswerState.UNKNOWN)
        elif name in part.not_applicable:
            yield name, Answer(AnswerState.NOT_APPLICABLE)
        else:
            figures = part.figures.get(name, {})
            yield (
                name,
                replace(
                    answer,
                    numerator=figures.get("numerator", answer.numerator),
                    denominator=figures.get("denominator", answer.denominator),
                    value=figures.get("value", answer.value),
                ),
            )


def _submitted(part: Part, member: Member, round_: Round) -> datetime | None:
    """A working hour in the last days of the round."""
    if part.state is ResponseState.DRAFT or part.submitted:
        return part.submitted
    assert round_.state is RoundState.PUBLISHED
    days = int(chance(member.id, round_.id, "day") * LAST_DAYS)
    day = working_day(round_.closes_on - timedelta(days=days))
    minute = timedelta(minutes=int(chance(member.id, round_.id, "minute") * WORKING_MINUTES))
    return datetime.combine(day, WORKING_DAY, HANOI) + minute


def _verified(part: Part, member: Member, round_: Round, answers: dict[str, Answer]) -> frozenset[str]:
    if part.state is not ResponseState.ACCEPTED:
        return frozenset()
    share = part.verified or LEAST_VERIFIED + (1 - LEAST_VERIFIED) * chance(member.id, round_.id, "verified")
    if share > ALL_VERIFIED_FROM:
        return frozenset(answers)
    looked_at = sorted(answers, key=lambda name: chance(member.id, round_.id, "verified", name))
    return frozenset(looked_at[: ceil(share * len(answers))])
