"""The Federation before and after a merger on one footing: the same territory in both rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from report.rebuilt import parts_of, rebuilt, sent_answer
from report.round_report import RoundReport
from report.tables import programme
from scoring.merging import is_summed, rebuild
from survey.framework import AnyIndicator, Framework, RatioIndicator
from survey.members import Member
from survey.response import Answer, AnswerState
from survey.text import Language
from survey.translation import words


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


def pooled(footing: Footing, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each ratio that may be added up: sum a / sum b of the same territory in both rounds.

    Columns: indicator, label, libraries (compared, by today's count: both rounds have a figure),
    numerator_before, denominator_before, before (percent), numerator_after, denominator_after, after,
    change (percentage points). NaN where nothing can be compared.
    """
    return pd.DataFrame(
        [
            _pooled(footing, indicator, language)
            for indicator in _both(footing).values()
            if isinstance(indicator, RatioIndicator) and is_summed(indicator)
        ]
    )


def headcounts(footing: Footing, *, basis: str, language: Language = "vi") -> pd.DataFrame:
    """How many libraries passed each programme target, of as many as there were in each round.

    Columns: target, label, met_before, of_before, met_after, of_after.
    """
    then, now = (
        {row["target"]: row["met"] for row in programme.of_federation(one, basis=basis).to_dict("records")}
        for one in (footing.before, footing.after)
    )
    return pd.DataFrame(
        [
            {
                "target": target.id,
                "label": target.label.to(language),
                "met_before": then[target.id],
                "of_before": len(footing.before.members),
                "met_after": now[target.id],
                "of_after": len(footing.after.members),
            }
            for target in footing.after.framework.programme_targets
            if target.id in then
        ]
    )


def sentences(footing: Footing, *, language: Language = "vi") -> list[str]:
    """What is compared with what, who is left out and why averages are not compared."""
    _ = words(language)
    many, few = len(footing.before.members), len(footing.after.members)
    said = [
        _("«{before}» có {many} thành viên ({then} đã gửi), «{after}» có {few} ({now} đã gửi).").format(
            before=footing.before.round.name,
            many=many,
            then=_sent_count(footing.before),
            after=footing.after.round.name,
            few=few,
            now=_sent_count(footing.after),
        ),
        _(
            "Không so trực tiếp điểm trung bình của {many} và {few} thư viện: một thư viện hợp nhất thay cho hai thư viện "
            "nên trọng lượng trong trung bình đổi, dù trong kho không có gì thay đổi."
        ).format(many=many, few=few),
        _(
            "Tỷ lệ gộp cộng tử số và mẫu số do thư viện khai, trên {n} địa bàn trọn vẹn ở cả hai đợt, nơi nào đã gửi và có số "
            "liệu cả hai lần; thư viện hợp nhất được so với tổng các thư viện cũ của mình."
        ).format(n=len(footing.compared)),
    ]
    return [*said, *(_left_out(one, language) for one in footing.left_out)]


def _sent_count(report: RoundReport) -> int:
    return sum(not response.editable for response in report.responses.values())


def _left_out(member: Member, language: Language) -> str:
    _ = words(language)
    names = ", ".join(part.to(language) for part in member.outside_parts)
    short = member.short.to(language)
    if not names:
        return _("Không tính {library}: không có trong đợt trước.").format(library=short)
    return _("Không tính {library}: số liệu trước sắp xếp chưa gồm {names}.").format(
        library=short, names=names
    )


def _both(footing: Footing) -> dict[str, AnyIndicator]:
    older: Framework = footing.before.framework
    return {name: one for name, one in footing.after.framework.indicators.items() if name in older.indicators}


def _pooled(footing: Footing, indicator: RatioIndicator, language: Language) -> dict[str, Any]:
    pairs = [
        (then, now)
        for member in footing.compared
        if (then := _earlier(footing, member, indicator)) is not None
        and (now := _sent(footing.after, member.id, indicator)) is not None
    ]
    row: dict[str, Any] = {
        "indicator": indicator.id,
        "label": indicator.label.to(language),
        "libraries": len(pairs),
    }
    for time, answers in (("before", [one for one, _ in pairs]), ("after", [one for _, one in pairs])):
        a, b = (sum(getattr(one, field) or 0.0 for one in answers) for field in ("numerator", "denominator"))
        row |= {f"numerator_{time}": a, f"denominator_{time}": b, time: 100 * a / b if b else float("nan")}
    return {**row, "change": row["after"] - row["before"]}


def _earlier(footing: Footing, member: Member, indicator: RatioIndicator) -> Answer | None:
    if parts_of(footing.before, member.id):
        return rebuilt(footing.before, member.id, indicator).answer
    return _sent(footing.before, member.id, indicator)


def _sent(report: RoundReport, library: str, indicator: RatioIndicator) -> Answer | None:
    """The sent answer of one library as a sum of one; None where it has no figure."""
    found = rebuild(indicator, {library: sent_answer(report, library, indicator.id)}).answer
    return found if found is not None and found.state is AnswerState.ANSWERED else None
