"""A round's files: the workbook and the answers, for those who may take them away.

Everybody else is answered as if the file were not there.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER

from api import addresses, screens
from api.kept_files import KeptFiles
from api.site import Site
from api.threads import WORKBOOKS, in_thread
from api.visitors import find_visitor
from report.answers_export import answers_csv
from report.round_report import SELF, VERIFIED, RoundReport
from report.workbook import round_workbook
from survey.access import Person, may_export
from survey.rounds import RoundState
from survey.text import HANOI, Language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def routes(site: Site) -> list[Route]:
    workbooks = KeptFiles()

    async def give(request: Request) -> Response:
        return await in_thread(WORKBOOKS, _give, request, site, workbooks)

    return [Route(addresses.FILES + "{name}", give, methods=["GET"])]


def _give(request: Request, site: Site, workbooks: KeptFiles) -> Response:
    visitor = find_visitor(request, site)
    if visitor.person is None:
        return RedirectResponse(addresses.sign_in_address(request.url.path), HTTP_303_SEE_OTHER)
    round_id, _, kind = request.path_params["name"].rpartition(".")
    report = _report_for(site, visitor.person, round_id) if kind in ("xlsx", "csv") else None
    if report is None:
        return screens.not_found(request, site, visitor)
    if kind == "csv":
        # The mark at the beginning tells Excel that the text is UTF-8.
        return _download(answers_csv(report).removeprefix("\ufeff").encode("utf-8-sig"), CSV, report, kind)
    return _download(_workbook(site, report, visitor.language, workbooks), XLSX, report, kind)


def _report_for(site: Site, person: Person, round_id: str) -> RoundReport | None:
    round_ = site.store.rounds.get(round_id)
    if round_ is None or not may_export(person, round_):
        return None
    return site.reports(round_id)


def _workbook(site: Site, report: RoundReport, language: Language, workbooks: KeptFiles) -> bytes:
    others = _published_besides(site, report)
    versions = tuple((one.round.id, one.round.data_version) for one in (report, *others))
    return workbooks.get(
        (language, report.round.state, *versions),
        lambda: round_workbook(
            report,
            generated_at=datetime.now(HANOI),
            language=language,
            compare=others,
            study=site.rank_study(report.round.id, SELF),
            verified_study=site.rank_study(report.round.id, VERIFIED) if report.reviewed else None,
        ),
    )


def _published_besides(site: Site, report: RoundReport) -> Sequence[RoundReport]:
    """The rounds to compare with: whoever may export one may read every published one."""
    published = [
        round_.id
        for round_ in site.store.rounds.all()
        if round_.state is RoundState.PUBLISHED and round_.id != report.round.id
    ]
    return tuple(found for found in map(site.reports, published) if found is not None)


def _download(content: bytes, media_type: str, report: RoundReport, kind: str) -> Response:
    headers = {"Content-Disposition": _disposition(report, kind), "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def _disposition(report: RoundReport, kind: str) -> str:
    """The file's name with round and data version, for old browsers and for those that read UTF-8."""
    beginning = "MINH-HOA-" if report.sample else ""
    version = report.round.data_version
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-"
        for letter in report.round.id
    )
    ascii_name = f"{beginning}Thuoc-So_{plain}_v{version}.{kind}"
    name = f"{beginning}Thước-Số_{report.round.id}_bản-{version}.{kind}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
