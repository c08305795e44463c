"""A chart as a picture, for whoever may see the chart; made on the server from the same view as the page's."""

from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER, HTTP_503_SERVICE_UNAVAILABLE

from api import addresses, screens
from api.kept_files import KeptFiles
from api.site import Site
from api.threads import WORKBOOKS, in_thread
from api.visitors import find_visitor
from report.charts.pictures import Caption, PictureError, to_png
from report.hidden_names import hide_names
from report.round_report import BASES, SELF, RoundReport
from report.views import (
    BY_NAME,
    BY_SCORE,
    DRAWERS,
    OF_ONE_LIBRARY,
    OVER_ROUNDS,
    WITHOUT_NAMES,
    Asked,
    draw,
)
from survey.access import Person, may_compare, may_read_response, sees_names
from survey.rounds import RoundState
from survey.text import Language


def routes(site: Site) -> list[Route]:
    pictures = KeptFiles()

    async def give(request: Request) -> Response:
        return await in_thread(WORKBOOKS, _give, request, site, pictures)

    return [Route(addresses.PICTURES + "{name}.png", give, methods=["GET"])]


def _give(request: Request, site: Site, pictures: KeptFiles) -> Response:
    visitor = find_visitor(request, site)
    if visitor.person is None:
        return RedirectResponse(addresses.sign_in_address(request.url.path), HTTP_303_SEE_OTHER)
    name = request.path_params["name"]
    asked = _asked(request, visitor.language)
    if visitor.person.library_id and name not in OF_ONE_LIBRARY:
        asked = replace(asked, own=visitor.person.library_id)
    reports = _reports(site, visitor.person, name, request.query_params.get("dot", ""), asked)
    if reports is None:
        return screens.not_found(request, site, visitor)
    versions = tuple((one.round.id, one.round.data_version, one.round.state) for one in reports)
    # The same round is another picture where the others carry no names.
    shown = tuple(member.id for member in reports[-1].members)
    try:
        content = pictures.get((name, asked, shown, *versions), lambda: _picture(name, reports, asked))
    except PictureError as error:
        sentence = error.to(visitor.language)
        status = HTTP_503_SERVICE_UNAVAILABLE
        return screens.show("unavailable.html", request, site, visitor, status=status, sentence=sentence)
    file = f"{'MINH-HOA-' if site.sample else ''}{name}_{reports[-1].round.id}.png"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="image/png", headers=headers)


def _asked(request: Request, language: Language) -> Asked:
    given = request.query_params
    basis, order = given.get("diem", SELF), given.get("xep", BY_NAME)
    return Asked(
        language=language,
        basis=basis if basis in BASES else SELF,
        own=given.get("thu-vien", ""),
        chosen=tuple(part for part in given.get("chon", "").split(",") if part),
        order=order if order in (BY_NAME, BY_SCORE) else BY_NAME,
        dimension=given.get("tru-cot", ""),
    )


def _reports(site: Site, person: Person, name: str, round_id: str, asked: Asked) -> list[RoundReport] | None:
    """The rounds that the picture shows, or None where this person may not see it."""
    round_, named = site.store.rounds.get(round_id), True
    if round_ is None or name not in DRAWERS:
        return None
    if name in OF_ONE_LIBRARY:
        allowed = may_read_response(person, asked.own, round_) and round_.state is not RoundState.DRAFT
    else:
        named = sees_names(person, round_)
        allowed = may_compare(person, round_) and (named or name in WITHOUT_NAMES)
    report = site.reports(round_id) if allowed else None
    if report is None or (asked.own and asked.own not in report.responses and name in OF_ONE_LIBRARY):
        return None
    dimensions = {dimension.id for dimension in report.framework.dimensions}
    if asked.dimension and asked.dimension not in dimensions:
        return None
    if not named:
        return [hide_names(report, asked.own)] if asked.own in report.responses else None
    if name not in OVER_ROUNDS:
        return [report]
    earlier = [
        one.id
        for one in sorted(site.store.rounds.all(), key=lambda entry: entry.reference_date)
        if one.state is RoundState.PUBLISHED and one.reference_date < round_.reference_date
    ]
    return [*(found for found in map(site.reports, earlier) if found is not None), report]


def _picture(name: str, reports: list[RoundReport], asked: Asked) -> bytes:
    view, newest = draw(name, reports, asked), reports[-1]
    shown = " · ".join(part for part in (newest.round.name, view.counted) if part)
    caption = Caption(view.title, shown, asked.language, newest.sample)
    return to_png(view.figure, caption)
