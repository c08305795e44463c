"""Evidence files: a plain page that takes one for an answer, and a way out for those who may read it.

The page works without script and shows the browser's own progress; a file reaches the program only after
its size was counted, and the shelf only after it was checked.
"""

from dataclasses import replace
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_413_CONTENT_TOO_LARGE,
    HTTP_422_UNPROCESSABLE_CONTENT,
)

from api import addresses, assets, forms, screens
from api.multipart import Posted, read_upload
from api.site import Site
from api.threads import LOOKUPS, WORKBOOKS, in_thread
from api.visitors import Visitor, find_visitor
from report.round_report import RoundReport
from survey.access import Page, may_answer, may_appraise, may_open_evidence
from survey.errors import StorageError, SurveyError
from survey.evidence import LARGEST, check_file, too_large
from survey.framework.asked import ScoredBase
from survey.members import is_formed_from
from survey.response import Answer, Document
from survey.response import Response as Answers
from survey.rounds import Round, RoundState
from survey.store import EvidenceFile, StaleAnswerError
from survey.text import format_moment, format_number
from survey.translation import words

MOST_DOCUMENTS = 5
TRIES = 5
SHOWN_OF_SHELF = 30
# A picture or PDF that a browser opens must not run anything, whatever it holds.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        return await in_thread(LOOKUPS, _show, request, site)

    async def take(request: Request) -> Response:
        # Who may not give anything is told before the file has travelled.
        refusal = await in_thread(LOOKUPS, _refusal, request, site)
        if refusal is not None:
            return refusal
        posted = await read_upload(request, most=LARGEST)
        return await in_thread(WORKBOOKS, _take, request, site, posted)

    async def give(request: Request) -> Response:
        return await in_thread(WORKBOOKS, _give, request, site)

    return [
        Route(addresses.UPLOAD, show, methods=["GET"]),
        Route(addresses.UPLOAD, take, methods=["POST"]),
        Route(addresses.EVIDENCE + "{round}/{library}/{digest}", give, methods=["GET"]),
    ]


class Place:
    """The question that a file is for: one of the open round, for whoever may answer it."""

    def __init__(self, site: Site, visitor: Visitor, question_id: str) -> None:
        self.site, self.visitor, self.question_id = site, visitor, question_id

    def find(self) -> tuple[Round, RoundReport, str] | None:
        """The round, its report and the library; None where there is nothing to answer for this person."""
        person = self.visitor.person
        if person is None or person.library_id is None or not may_answer(person, person.library_id):
            return None
        open_rounds = [one for one in self.site.store.rounds.all() if one.state is RoundState.OPEN]
        round_ = max(open_rounds, key=lambda one: one.closes_on, default=None)
        report = self.site.reports(round_.id) if round_ is not None else None
        if round_ is None or report is None or person.library_id not in report.responses:
            return None
        question = report.framework.questions.get(self.question_id)
        return (round_, report, person.library_id) if isinstance(question, ScoredBase) else None


def _refusal(request: Request, site: Site) -> Response | None:
    visitor = find_visitor(request, site)
    if visitor.person is None:
        return RedirectResponse(addresses.sign_in_address(_here(request)), HTTP_303_SEE_OTHER)
    if Place(site, visitor, request.query_params.get("cau", "")).find() is None:
        return screens.not_found(request, site, visitor)
    return None


def _here(request: Request) -> str:
    return addresses.with_query(request.url.path, request.url.query)


def _show(request: Request, site: Site) -> Response:
    return _refusal(request, site) or _form(request, site, find_visitor(request, site))


def _form(
    request: Request, site: Site, visitor: Visitor, sentence: str = "", *, status: int = 200, done: str = ""
) -> Response:
    question_id = request.query_params.get("cau", "")
    found = Place(site, visitor, question_id).find()
    assert found is not None, "asked before"
    round_, report, library = found
    response = site.store.answers.response(round_.id, library)
    used = response.answer(question_id).evidence
    shelf = [
        one
        for one in site.store.evidence.all(library)
        if one.sha256 not in {document.file for document in used}
    ]
    shown = screens.show(
        "evidence.html",
        request,
        site,
        visitor,
        status=status,
        question=report.framework.questions[question_id].label.to(visitor.language),
        question_id=question_id,
        round_name=round_.name,
        here=_here(request),
        back=_back(report, question_id),
        editable=response.editable,
        full=len(used) >= MOST_DOCUMENTS,
        most=MOST_DOCUMENTS,
        attached=[_line(round_, library, one) for one in used if one.file],
        shelf=[(one.sha256, one.name, _particulars(one, visitor)) for one in shelf[:SHOWN_OF_SHELF]],
        sentence=sentence,
        done=done,
        megabytes=LARGEST >> 20,
        script=assets.versioned(assets.UPLOAD_SCRIPT),
    )
    shown.headers["Content-Security-Policy"] = f"{screens.POLICY}; script-src 'self'"
    return shown


def _back(report: RoundReport, question_id: str) -> str:
    section = report.framework.dimension_of[question_id].id
    return f"{addresses.path_of(Page.ANSWER)}?{urlencode({'muc': section, 'cau': question_id})}"


def _line(round_: Round, library: str, document: Document) -> tuple[str, str, str]:
    return document.file, document.file_name, addresses.evidence_address(round_.id, library, document.file)


def _particulars(file: EvidenceFile, visitor: Visitor) -> str:
    size = format_number(max(file.size / 1024, 1), visitor.language)
    return f"{size} KB · {format_moment(file.given_at, visitor.language)}"


def _take(request: Request, site: Site, posted: Posted) -> Response:
    visitor = find_visitor(request, site)
    _ = words(visitor.language)
    found = Place(site, visitor, request.query_params.get("cau", "")).find()
    if visitor.person is None or found is None:
        return screens.not_found(request, site, visitor)
    if posted.too_large:
        error = too_large(posted.name)
        assert isinstance(error, SurveyError)
        sentence = error.to(visitor.language)
        return _form(request, site, visitor, sentence, status=HTTP_413_CONTENT_TOO_LARGE)
    if not forms.is_ours(request, posted.fields):
        sentence = _("Trang này đã mở quá lâu nên tệp chưa được nhận. Hãy chọn tệp và gửi lại.")
        return _form(request, site, visitor, sentence, status=HTTP_403_FORBIDDEN)
    round_, _report, library = found
    try:
        file = _file(site, library, posted, by=visitor.person.login)
        _attach(site, round_, library, request.query_params.get("cau", ""), file, by=visitor.person.login)
    except StorageError:
        raise
    except SurveyError as error:
        return _form(
            request, site, visitor, error.to(visitor.language), status=HTTP_422_UNPROCESSABLE_CONTENT
        )
    return _form(request, site, visitor, done=file.name)


def _file(site: Site, library: str, posted: Posted, *, by: str) -> EvidenceFile:
    """The file that was chosen from the shelf, or the new one that was sent along.

    Raises:
        SurveyError: nothing was chosen, or the file may not be kept.
    """
    chosen = posted.fields.get("kho", "")
    if chosen:
        held = site.store.evidence.get(library, chosen)
        if held is not None:
            return held
    if not posted.name:
        raise SurveyError(
            vi="Chưa chọn tệp nào. Hãy bấm «Chọn tệp», chọn một tệp rồi gửi.",
            en="No file was chosen. Choose one, then send it.",
        )
    return site.store.evidence.keep(library, check_file(posted.name, posted.content), by)


def _attach(
    site: Site, round_: Round, library: str, question_id: str, file: EvidenceFile, *, by: str
) -> None:
    """Add the file to the answer as it stands now: nobody's figures are touched, so nothing is overwritten.

    Raises:
        SurveyError: the response takes no changes, or the answer has as many documents as it may have.
    """
    document = Document(file=file.sha256, file_name=file.name)
    for _try in range(TRIES):
        response: Answers = site.store.answers.response(round_.id, library)
        entry = response.entry(question_id)
        if any(one.file == file.sha256 for one in entry.answer.evidence):
            return
        if len(entry.answer.evidence) >= MOST_DOCUMENTS:
            raise SurveyError(
                vi=f"Câu {question_id} đã có {MOST_DOCUMENTS} tài liệu. Hãy bỏ bớt một tài liệu rồi thêm.",
                en=f"Question {question_id} has {MOST_DOCUMENTS} documents already. Remove one, then add.",
            )
        answer: Answer = replace(entry.answer, evidence=(*entry.answer.evidence, document))
        try:
            site.store.answers.save(
                round_.id, library, question_id, answer, opened_revision=entry.revision, by=by
            )
        except StaleAnswerError:
            continue
        return
    raise SurveyError(
        vi="Nhiều người đang sửa câu này cùng lúc nên tệp chưa được gắn; tệp đã ở trong kho. Hãy chọn lại từ kho.",
        en="Several people are changing this answer, so the file is on the shelf but not attached. Choose it there.",
    )


def _give(request: Request, site: Site) -> Response:
    visitor = find_visitor(request, site)
    if visitor.person is None:
        return RedirectResponse(addresses.sign_in_address(), HTTP_303_SEE_OTHER)
    round_id, library, digest = (request.path_params[name] for name in ("round", "library", "digest"))
    file = _readable(site, visitor, round_id, library, digest)
    if file is None:
        return screens.not_found(request, site, visitor)
    return _attachment(file, site.store.evidence.read(file))


def _readable(site: Site, visitor: Visitor, round_id: str, library: str, digest: str) -> EvidenceFile | None:
    """The file, where some answer uses it and this person may open the evidence of that answer."""
    round_ = site.store.rounds.get(round_id)
    assert visitor.person is not None
    if round_ is None:
        return None
    response = site.store.answers.response(round_id, library)
    capacity = site.store.cycle.capacity(round_id, library, visitor.person)
    used = {
        question
        for question, answer in response.answers.items()
        if any(document.file == digest for document in answer.evidence)
    }
    agreed = bool(used & site.store.practices.with_evidence(round_id, library))
    inherited = is_formed_from(site.store.members.all(), visitor.person.library_id, library)
    if not (
        may_open_evidence(visitor.person, library, round_, agreed=agreed, inherited=inherited)
        or may_appraise(capacity, response.state)
    ):
        return None
    own = may_answer(visitor.person, library)
    return site.store.evidence.get(library, digest) if used or own else None


def _attachment(file: EvidenceFile, content: bytes) -> Response:
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in file.name
    )
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=file.media_type, headers=headers)
