"""A document of an answer on a page, its file a link for whoever may read the response."""

from dataclasses import replace
from urllib.parse import urlencode

from report import labels
from survey.response import Document, Response
from ui import markup

# Addresses of api/evidence.py, which the interface may not import.
UPLOAD, FILES = "/tai-len", "/tep/"


def cited(document: Document, response: Response, *, openable: bool = True) -> str:
    """The document as HTML, its file by name alone for whoever may not open it."""
    words = markup.text(labels.document_words(replace(document, file_name="")))
    if not document.file:
        return words
    link = (
        file_link(response.round_id, response.library_id, document)
        if openable
        else markup.text(document.file_name)
    )
    return f"{words} · {link}" if words else link


def file_link(round_id: str, library_id: str, document: Document) -> str:
    address = f"{FILES}{round_id}/{library_id}/{document.file}"
    return f"<a href='{markup.text(address)}' download>{markup.text(document.file_name)}</a>"


def upload_address(question_id: str) -> str:
    return f"{UPLOAD}?{urlencode({'cau': question_id})}"
