"""The programme targets: every library against each, and the Federation's own figure."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from report import labels, verified_words
from report.round_report import SELF, VERIFIED, RoundReport
from scoring.aggregate import at_least
from scoring.programme import Outcome
from survey.framework import ProgrammeTarget
from survey.text import Language, format_number, format_percent
from survey.translation import words


def by_library(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each target and library.

    Columns: target, label, library, short, outcome (`Outcome` value), outcome_words, binding
    (bool: false where the target is a reference for this library), own (bool: a figure of the library's
    own province decided), value (own scale or NaN).
    """
    names = {target.id: target.label.to(language) for target in report.framework.programme_targets}
    return pd.DataFrame(
        [
            {
                "target": result.target,
                "label": names[result.target],
                "library": result.library,
                "short": report.member(result.library).short.to(language),
                "outcome": result.outcome.value,
                "outcome_words": labels.outcome(result.outcome, language),
                "binding": result.binding,
                "own": result.own,
                "value": float("nan") if result.value is None else result.value,
            }
            for result in report.programme(basis)
        ],
        columns=[
            "target",
            "label",
            "library",
            "short",
            "outcome",
            "outcome_words",
            "binding",
            "own",
            "value",
        ],
    )


def of_federation(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each target.

    Columns: target, label, wording, kind (`share` or `pooled`), met, counted, reported, needed
    (head-counts), share (percent, NaN when nothing is counted), goal (percent), numerator,
    denominator (NaN unless pooled), reached (bool: of pooled figures only once everybody's are there),
    undecided (bool: what is known would do, but figures are missing), bound (where a target binds only
    some libraries: their own figure in words, else ""), nearest (names of the libraries closest to
    passing, text), unknown (what to say in place of a figure where nothing is reported).
    """
    targets = {target.id: target for target in report.framework.programme_targets}
    rows = []
    for result in report.federation(basis):
        target = targets[result.target]
        pooled = result.numerator is not None
        enough = bool(at_least(np.asarray(result.share), result.goal))
        missing = pooled and result.reported < result.counted
        rows.append(
            {
                "target": target.id,
                "label": target.label.to(language),
                "wording": target.wording.to(language),
                "kind": target.federation,
                "met": result.met,
                "counted": result.counted,
                "reported": result.reported,
                "needed": result.needed,
                "share": result.share,
                "goal": result.goal,
                "numerator": result.numerator if pooled else float("nan"),
                "denominator": result.denominator if pooled else float("nan"),
                "reached": enough and not missing,
                "undecided": enough and missing,
                "bound": bound_words(report, target, basis, language) if pooled else "",
                "nearest": ", ".join(_nearest(report, target.id, basis, language)),
                "unknown": verified_words.nothing_known(basis, language),
            }
        )
    return pd.DataFrame(rows)


def bound_words(report: RoundReport, target: ProgrammeTarget, basis: str, language: Language) -> str:
    """Of a target that is national for some libraries only: what those have, and for how many it is a reference."""
    if target.national_if is None:
        return ""
    matrix = report.card(basis).matrix
    column = matrix.indicators.index(target.conditions[0].indicator)
    known = [
        (one.binding, matrix.libraries.index(one.library))
        for one in report.programme(basis)
        if one.target == target.id
        and one.library in report.sent_libraries
        and one.outcome in (Outcome.MET, Outcome.NOT_MET)
    ]
    rows = [row for binding, row in known if binding]
    _ = words(language)
    if not rows:
        return _("chỉ để tham chiếu ở cả {n} thư viện có số liệu").format(n=len(known))
    a, b = (float(figures[rows, column].sum()) for figures in (matrix.numerator, matrix.denominator))
    return _("ràng buộc ở {n} thư viện: {a}/{b} = {share}; tham chiếu ở {m} thư viện").format(
        n=len(rows),
        a=format_number(a, language),
        b=format_number(b, language),
        share=labels.share_text(a / b if b else float("nan"), [target.goal / 100], language, decimals=1),
        m=len(known) - len(rows),
    )


def sentences(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> list[str]:
    """The Federation against each target in a sentence: "60 % của 13 = 8 thư viện; hiện có 6; gần đạt nhất: …"."""
    rows = of_federation(report, basis=basis, language=language).to_dict("records")
    said = [f"{_sentence(row, basis, language)}." for row in rows]
    if basis == VERIFIED:
        said += [verified_words.how_added(language), *verified_words.never_reviewed(report, language)]
    return [*said, *not_counted(report, language)]


def _sentence(row: Mapping[Hashable, Any], basis: str, language: Language) -> str:
    _ = words(language)
    if not row["reported"]:
        return f"{row['target']}: {row['unknown']}"
    if row["kind"] == "pooled":
        sentence = _pooled_words(row, language) + (f"; {row['bound']}" if row["bound"] else "")
        if row["undecided"]:
            sentence += _("; chưa thể kết luận vì còn thiếu số liệu")
    else:
        sentence = _share_words(row, basis, language)
    return sentence + (_("; gần đạt nhất: {names}").format(names=row["nearest"]) if row["nearest"] else "")


def _share_words(row: Mapping[Hashable, Any], basis: str, language: Language) -> str:
    _ = words(language)
    said = _("{target}: {goal} của {counted} = {needed} thư viện; hiện có {met}").format(
        target=row["target"],
        goal=format_percent(row["goal"] / 100, language),
        counted=row["counted"],
        needed=row["needed"],
        met=row["met"],
    )
    return said + verified_words.reported_words(row["reported"], row["counted"], basis, language)


def _pooled_words(row: Mapping[Hashable, Any], language: Language) -> str:
    return words(language)(
        "{target}: {numerator}/{denominator} = {share}, chỉ tiêu {goal}; "
        "{reported}/{counted} thư viện có số liệu, {met} thư viện tự mình đạt"
    ).format(
        target=row["target"],
        numerator=format_number(row["numerator"], language),
        denominator=format_number(row["denominator"], language),
        share=labels.share_text(row["share"] / 100, [row["goal"] / 100], language, decimals=1),
        goal=format_percent(row["goal"] / 100, language),
        reported=row["reported"],
        counted=row["counted"],
        met=row["met"],
    )


def not_counted(report: RoundReport, language: Language) -> list[str]:
    """Which libraries have not sent, so that the Federation's figures are without theirs."""
    names = [member.short.to(language) for member in report.members if member.id not in report.sent_libraries]
    said = words(language)("Chưa gửi nên chưa tính vào các con số trên: {names}.")
    return [said.format(names=", ".join(names))] if names else []


def _nearest(report: RoundReport, target_id: str, basis: str, language: Language, most: int = 3) -> list[str]:
    """The libraries that have not passed and have come furthest on what decides the target."""
    target = next(t for t in report.framework.programme_targets if t.id == target_id)
    card = report.card(basis)
    open_ = [
        result.library
        for result in report.programme(basis)
        if result.target == target_id
        and result.outcome is Outcome.NOT_MET
        and result.library in report.sent_libraries
    ]

    def distance(library: str) -> float:
        row = card.row(library)
        if target.dimensions:
            ids = [dimension.id for dimension in report.framework.dimensions]
            columns = [ids.index(name) for name in target.dimensions]
            gap = card.dimensions.line[row, columns] - card.dimensions.low[row, columns]
            return float(np.nansum(gap.clip(min=0)))  # a dimension that does not apply asks for nothing
        total = 0.0
        for condition in target.conditions:
            x = card.matrix.value[row, card.matrix.indicators.index(condition.indicator)]
            have = 0.0 if x != x else float(x)
            needed = report.framework.pass_mark(library, condition)
            total += max(0.0, needed - have) / needed
        return total

    ranked = sorted(open_, key=lambda library: (distance(library), report.member(library).short.vi))
    return [report.member(library).short.to(language) for library in ranked[:most]]
