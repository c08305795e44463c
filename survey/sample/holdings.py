"""What a library holds and does at one of the four times: counts that grow from round to round."""

from dataclasses import dataclass

from survey.sample.chance import chance, varied
from survey.sample.profiles import Profile

PERIODS = (1.0, 0.5, 0.5)  # years between the reference dates of the four rounds
YEARS = (0.0, 1.0, 1.5, 2.0)
DOCUMENTS_BESIDES_BOOKS = 0.004  # newspapers and journals, as a share of the titles of books
LOCAL_ADDED = 24  # documents on the province that a library adds in a year
# Of the documents digitised in a year, most are on the province; what is rare is slow to digitise.
LOCAL_SHARE, RARE_SHARE = 0.6, 0.2
PAGES_OF_RECEIVED = 0.6  # documents bought or given are shorter than those digitised


@dataclass(frozen=True)
class Holdings:
    """Counts at one reference date; the last four are those of the twelve months before it."""

    copies: int
    titles: int
    documents: int
    digital: int
    pages: int
    rare: int
    rare_digital: int
    local: int
    local_digital: int
    scanned: int
    cards: int
    visits: int
    web: int


def holdings(profile: Profile, time: int) -> Holdings:
    """Count everything of one library at one time."""
    sizes = profile.sizes
    copies = round(_at_first(profile, "copies") + gained(profile, "added", time))
    titles = round(copies / sizes.titles)
    digitised = gained(profile, "scanned", time) / sizes.pages
    digital = round(_at_first(profile, "digital") + digitised + gained(profile, "received", time))
    rare, local = round(_at_first(profile, "rare")), _at_first(profile, "local")
    local_now = round(local + LOCAL_ADDED * YEARS[time])
    return Holdings(
        copies=copies,
        titles=titles,
        documents=round(titles * (1 + DOCUMENTS_BESIDES_BOOKS)),
        digital=digital,
        pages=_pages(profile, time),
        rare=rare,
        rare_digital=_digitised(profile, "rare", rare, RARE_SHARE * digitised),
        local=local_now,
        local_digital=_digitised(profile, "local", local, LOCAL_SHARE * digitised),
        scanned=in_the_year(profile, "scanned", time),
        cards=_of_the_year(profile, "cards", time),
        visits=_of_the_year(profile, "visits", time),
        web=_of_the_year(profile, "web", time),
    )


def gained(profile: Profile, rate: str, time: int) -> float:
    """What a yearly rate brought between the end of 2023 and `time`."""
    return sum(_gain(profile, rate, period) for period in range(time))


def in_the_year(profile: Profile, rate: str, time: int) -> int:
    """What a yearly rate brought in the twelve months before `time`."""
    if time == 0:
        return round(varied(getattr(profile.sizes, rate), profile.id, rate, "before", within=0.05))
    if time == 1:
        return round(_gain(profile, rate, 0))
    if time == 2:
        return round(_gain(profile, rate, 0) / 2 + _gain(profile, rate, 1))
    return round(_gain(profile, rate, 1) + _gain(profile, rate, 2))


def _gain(profile: Profile, rate: str, period: int) -> float:
    yearly = getattr(profile.sizes, rate) * PERIODS[period]
    return varied(yearly, profile.id, rate, period, within=0.09)


def _at_first(profile: Profile, count: str) -> float:
    return varied(getattr(profile.sizes, count), profile.id, count, within=0.015)


def _pages(profile: Profile, time: int) -> int:
    """All pages: those there at first, those scanned since, and those of documents received."""
    sizes = profile.sizes
    first = varied(sizes.digital * sizes.pages, profile.id, "pages", within=0.01)
    received = gained(profile, "received", time) * sizes.pages * PAGES_OF_RECEIVED
    return round(first + gained(profile, "scanned", time) + received)


def _digitised(profile: Profile, kind: str, held: float, added: float) -> int:
    """How many of one kind are digitised: a first share by the library's maturity, then what was added."""
    first = profile.maturity["B"][0] * (0.75 + 0.5 * chance(profile.id, kind))
    return min(round(held), round(held * first + added)) if held else 0


def _of_the_year(profile: Profile, count: str, time: int) -> int:
    grown = getattr(profile.sizes, count) * 1.03 ** YEARS[time]
    return round(varied(grown, profile.id, count, time, within=0.015))
