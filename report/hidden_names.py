"""A round in which a library sees itself against others that carry no names."""

from collections.abc import Mapping
from dataclasses import replace
from string import ascii_uppercase

from report.round_report import RoundReport
from survey.framework import Framework
from survey.text import Text

LETTERS = [a + b for a in ("", *ascii_uppercase) for b in ascii_uppercase]


def hide_names(report: RoundReport, own: str) -> RoundReport:
    """The same round with every member but `own` renamed, ordered by points so that nothing else tells.

    Ids are renamed too, since they travel into figures. Letters, not numbers: a number beside an order
    by points would read as a rank.
    """
    card = report.self_card
    points = dict(zip(card.libraries, card.total.earned, strict=True))
    ranked = sorted(report.members, key=lambda member: (-points[member.id], member.id))
    members, responses = [], {}
    letters, renamed = iter(LETTERS), dict[str, str]()
    for member in ranked:
        response, renamed[member.id] = report.responses[member.id], member.id
        if member.id != own:
            letter = next(letters)
            name = renamed[member.id] = f"other-{letter}"
            member = member.model_copy(
                update={
                    "id": name,
                    "code": letter,
                    "name": Text(vi=f"Thư viện khác {letter}", en=f"Other library {letter}"),
                    "short": Text(vi=f"Thư viện {letter}", en=f"Library {letter}"),
                }
            )
            response = replace(response, library_id=name)
        members.append(member)
        responses[member.id] = response
    return RoundReport(
        round=report.round,
        framework=_renamed(report.framework, renamed),
        sources=report.sources,
        members=tuple(members),
        responses=responses,
        sample=report.sample,
    )


def _renamed(framework: Framework, names: Mapping[str, str]) -> Framework:
    """The provinces' own targets under the new names, so that the same libraries pass."""
    if not framework.province_targets:
        return framework
    own = tuple(
        one.model_copy(update={"library": names[one.library]})
        for one in framework.province_targets
        if one.library in names
    )
    return framework.model_copy(update={"province_targets": own})
