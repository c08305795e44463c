"""The Federation before and after a merger on one footing: the same territory in both rounds."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from report import verified_words
from report.rebuilt import parts_of, rebuilt, sent_answer
from report.round_report import RoundReport
from report.tables import programme
from scoring.merging import is_summed, rebuild
from survey.framework import AnyIndicator, Framework, RatioIndicator
from survey.members import Member
from survey.response import Answer, AnswerState
from survey.text import Language


@dataclass(frozen=True, eq=False)
class Footing:
    """The last round before a merger and the first after it."""

    before: RoundReport
    after: RoundReport

    @property
    def compared(self) -> tuple[Member, ...]:
        """Members of the later round whose whole territory answered in the earlier one."""
        were = {member.id for member in self.before.members}
        return tuple(
            member
            for member in self.after.members
            if not member.outside_parts and (member.id in were or parts_of(self.before, member.id))
        )

    @property
    def left_out(self) -> tuple[Member, ...]:
        kept = {member.id for member in self.compared}
        return tuple(member for member in self.after.members if member.id not in kept)


def find_footing(reports: Sequence[RoundReport]) -> Footing | None:
    """The newest merger between two rounds that follow each other; None where there is none."""
    rounds = sorted(reports, key=lambda report: report.round.reference_date)
    pairs = [
        Footing(before, after)
        for before, after in pairwise(rounds)
        if any(parts_of(before, member.id) for member in after.members)
    ]
    return pairs[-1] if pairs else None


def pooled(footing: Footing, *, basis: str, language: Language = "vi") -> pd.DataFrame:
    """One row for each ratio that may be added up: sum a / sum b of the same territory in both rounds.

    Columns: indicator, label, libraries (compared, by today's count: both rounds have a figure),
    numerator_before, denominator_before, before (percent), numerator_after, denominator_after, after,
    change (percentage points). NaN where nothing can be compared. On the verified basis a figure is what
    a reviewer let stand, and what nobody decided about is none.
    """
    return pd.DataFrame(
        [
            _pooled(footing, indicator, basis, language)
            for indicator in _both(footing).values()
            if isinstance(indicator, RatioIndicator) and is_summed(indicator)
        ]
    )


def headcounts(footing: Footing, *, basis: str, language: Language = "vi") -> pd.DataFrame:
    """How many libraries passed each programme target, of as many as there were in each round.

    Columns: target, label, and for either round, as met_before and met_after: met, reported (with data), of
    (members), text (the head-count in words).
    """
    rounds = (("before", footing.before), ("after", footing.after))
    found = {
        (time, row["target"]): row
        for time, report in rounds
        for row in programme.of_federation(report, basis=basis).to_dict("records")
    }
    return pd.DataFrame(
        [
            {
                "target": target.id,
                "label": target.label.to(language),
                **{
                    name: figure
                    for time, report in rounds
                    for name, figure in _heads(found[time, target.id], time, report, basis, language).items()
                },
            }
            for target in footing.after.framework.programme_targets
            if ("before", target.id) in found
        ]
    )


def _heads(
    row: Mapping[Hashable, Any], time: str, report: RoundReport, basis: str, language: Language
) -> dict[str, Any]:
    met, reported, of = row["met"], row["reported"], len(report.members)
    return {
        f"met_{time}": met,
        f"reported_{time}": reported,
        f"of_{time}": of,
        f"text_{time}": verified_words.heads(met, reported, of, basis, language),
    }


def _both(footing: Footing) -> dict[str, AnyIndicator]:
    older: Framework = footing.before.framework
    return {name: one for name, one in footing.after.framework.indicators.items() if name in older.indicators}


def _pooled(footing: Footing, indicator: RatioIndicator, basis: str, language: Language) -> dict[str, Any]:
    pairs = [
        (then, now)
        for member in footing.compared
        if (then := _earlier(footing, member, indicator, basis)) is not None
        and (now := _sent(footing.after, member.id, indicator, basis)) is not None
    ]
    row: dict[str, Any] = {
        "indicator": indicator.id,
        "label": indicator.label.to(language),
        "libraries": len(pairs),
    }
    for time, answers in (("before", [one for one, _ in pairs]), ("after", [one for _, one in pairs])):
        a, b = (_sum(answers, field) for field in ("numerator", "denominator"))
        row |= {f"numerator_{time}": a, f"denominator_{time}": b, time: 100 * a / b if b else float("nan")}
    return {**row, "change": row["after"] - row["before"]}


def _sum(answers: Sequence[Answer], field: str) -> float:
    """NaN of no answers: nothing is compared, which is not 0."""
    return sum(getattr(one, field) or 0.0 for one in answers) if answers else float("nan")


def _earlier(footing: Footing, member: Member, indicator: RatioIndicator, basis: str) -> Answer | None:
    if parts_of(footing.before, member.id):
        return rebuilt(footing.before, member.id, indicator, basis).answer
    return _sent(footing.before, member.id, indicator, basis)


def _sent(report: RoundReport, library: str, indicator: RatioIndicator, basis: str) -> Answer | None:
    """The answer that counts of one library as a sum of one; None where it has no figure."""
    found = rebuild(indicator, {library: sent_answer(report, library, indicator.id, basis)}).answer
    return found if found is not None and found.state is AnswerState.ANSWERED else None
