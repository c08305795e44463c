"""A round in which a library sees itself against others that carry no names."""

from dataclasses import replace

from report.round_report import RoundReport
from survey.text import Text


def hide_names(report: RoundReport, own: str) -> RoundReport:
    """The same round with every member but `own` renamed, ordered by points so that nothing else tells.

    Ids are renamed too, since they travel into figures.
    """
    card = report.self_card
    points = dict(zip(card.libraries, card.total.earned, strict=True))
    ranked = sorted(report.members, key=lambda member: (-points[member.id], member.id))
    members, responses = [], {}
    for position, member in enumerate(ranked, start=1):
        response = report.responses[member.id]
        if member.id != own:
            name = f"other-{position}"
            member = member.model_copy(
                update={
                    "id": name,
                    "code": f"#{position}",
                    "name": Text(vi=f"Thư viện khác {position}", en=f"Other library {position}"),
                    "short": Text(vi=f"Thư viện {position}", en=f"Library {position}"),
                }
            )
            response = replace(response, library_id=name)
        members.append(member)
        responses[member.id] = response
    return RoundReport(
        round=report.round,
        framework=report.framework,
        sources=report.sources,
        members=tuple(members),
        responses=responses,
        sample=report.sample,
    )
