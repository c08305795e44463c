"""Every answer of one library at one time, before anything is left out or goes wrong."""

from dataclasses import replace

from survey.framework import AnyIndicator, Framework, RatioIndicator
from survey.response import Answer
from survey.sample.chance import chance, varied
from survey.sample.degrees import answer_by_degree, chosen, degree, number, ratio
from survey.sample.holdings import YEARS, Holdings, holdings
from survey.sample.profiles import Profile

OTHER_MEMBERS = (12, 12, 12, 9)
# A budget counts once its year is over: the round in the middle of 2025 asks for that of 2024 again.
BUDGET_YEAR = (0, 1, 1, 3)
# More records than documents: parts of series, articles, and some entered twice.
RECORDS_BESIDES = 1.03
LOANS_PER_VISIT = 2.4
SESSIONS_VARY = 3.0
FEWEST_SESSIONS = 2


def answers_of(framework: Framework, profile: Profile, time: int) -> dict[str, Answer]:
    """Answer the whole questionnaire, G13 left aside, for one library at one time."""
    held = holdings(profile, time)
    given = {
        name: _ratio(framework, profile, indicator, time, held)
        if isinstance(indicator, RatioIndicator)
        else answer_by_degree(indicator, degree(framework, profile, name, time))
        for name, indicator in framework.indicators.items()
    }
    given["D6"] = number(max(FEWEST_SESSIONS, _sessions(profile, time, given["D6"].value or 0)))
    given |= {"B5": number(held.scanned), **_facts(profile, time), **_information(profile, time, held)}
    return _coherent(given)


def _ratio(
    framework: Framework, profile: Profile, indicator: AnyIndicator, time: int, held: Holdings
) -> Answer:
    name, target = indicator.id, indicator.targets[-1].value / 100
    if name == "B3":
        return ratio(held.rare_digital, held.rare)
    if name == "B4":
        return ratio(held.local_digital, held.local)
    if name == "C7":
        return ratio(profile.facts.links[time], OTHER_MEMBERS[time])
    if name == "D4":
        return _spending(framework, profile, time, target)
    whole = _whole(framework, profile, name, time, held)
    return ratio(round(whole * target * degree(framework, profile, name, time)), whole)


def _whole(framework: Framework, profile: Profile, name: str, time: int, held: Holdings) -> int:
    if name in ("B2", "C8"):
        return round(held.documents * degree(framework, profile, "B1", time) * RECORDS_BESIDES)
    wholes = {
        "A1": profile.facts.staff[time],
        "A4": profile.sizes.rooms,
        "A11": profile.sizes.network,
        "B1": held.documents,
        "C9": profile.sizes.network,
        "D2": profile.facts.staff[time],
    }
    return wholes.get(name, held.digital)


def _spending(framework: Framework, profile: Profile, time: int, target: float) -> Answer:
    year = BUDGET_YEAR[time]
    whole = varied(profile.sizes.spending * 1.04 ** YEARS[year], profile.id, "spending", year, within=0.02)
    part = whole * target * degree(framework, profile, "D4", year)
    return ratio(round(part, 1), round(whole))


def _facts(profile: Profile, time: int) -> dict[str, Answer]:
    facts = profile.facts
    return {
        "B9": number(_since(facts.open_data, time)),
        "C10": number(_since(facts.connected, time)),
        "D1": number(facts.plan[time]),
        "D3": number(facts.it[time]),
    }


def _sessions(profile: Profile, time: int, usual: float) -> int:
    """Sessions of one year: some more, some fewer than usual."""
    return round(usual + SESSIONS_VARY * (chance(profile.id, "D6", time) - 0.5))


def _since(first: int | None, time: int) -> int:
    return int(first is not None and time >= first)


def _information(profile: Profile, time: int, held: Holdings) -> dict[str, Answer]:
    loans = held.visits * varied(LOANS_PER_VISIT, profile.id, "loans", time, within=0.03)
    counts = (profile.facts.staff[time], held.copies, held.titles, held.digital, held.pages)
    flows = (held.cards, held.visits, held.web, round(loans))
    return {
        **{f"G{place}": number(count) for place, count in enumerate((*counts, *flows), start=1)},
        "G10": number(_since(profile.facts.recognised, time)),
        "G11": chosen(profile.facts.software),
        "G12": chosen(_difficulties(profile, time)),
    }


def _difficulties(profile: Profile, time: int) -> tuple[str, ...]:
    """Money lacks nearly everywhere; the rest differs, and no list is the same in every round."""
    often = {1: 0.95, 2: 0.45, 3: 0.6, 4: 0.3, 5: 0.7, 6: 0.5, 7: 0.55, 8: 0.35}
    return tuple(
        f"G12.{place}"
        for place, share in often.items()
        if 0.8 * chance(profile.id, "G12", place) + 0.2 * chance(profile.id, "G12", place, time) < share
    )


def _coherent(given: dict[str, Answer]) -> dict[str, Answer]:
    """Take back what cannot be there without something else that the library does not have."""
    if not given["C4"].value:
        given["C5"] = without(given["C5"], "C5.1")
    if (given["C2"].value or 0) < 3:
        given["C5"] = without(given["C5"], "C5.5")
        given["C11"] = without(given["C11"], "C11.3")
    return given


def without(answer: Answer, item: str) -> Answer:
    return replace(answer, items=tuple(met for met in answer.items if met != item))
