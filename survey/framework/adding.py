"""A document that a proposal brings with it: read from what was typed, and given its place among the others."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from survey.errors import SurveyError
from survey.framework.definition import SourceKind
from survey.framework.model import SourceDocument
from survey.text import Text, format_day

LONGEST_NUMBER, LONGEST_LINE = 80, 400
FILE_NAME = re.compile(r"[^/\\:<>|?*\"]+\.[A-Za-z0-9]{1,8}")


def typed_document(
    number: str,
    title: str,
    issuer: str,
    *,
    issued: date,
    checked: date,
    today: date,
    kind: SourceKind,
    address: str = "",
) -> SourceDocument:
    """A document as a person typed it; its words stand in both languages.

    address: a page on the web, the name of a file, or "". checked: the day the person compared it.

    Raises:
        SurveyError: the first thing that is missing or cannot be.
    """
    number, title, issuer, address = (_tidy(words) for words in (number, title, issuer, address))
    fault = (
        _of_words(number, title, issuer)
        or _of_days(issued, checked, today)
        or (_of_address(address) if address else None)
    )
    if fault is not None:
        raise SurveyError(
            vi=f"Chưa ghi văn bản mới: {fault.vi}", en=f"The new document was not recorded: {fault.en}"
        )
    return SourceDocument(
        id=_named(number),
        kind=kind,
        number=number,
        title=Text(vi=title, en=title),
        issued=issued,
        issuer=Text(vi=issuer, en=issuer),
        address=address or None,
        confidence=Text(
            vi=f"Nhập cùng đề xuất đổi chỉ tiêu; người đề xuất đối chiếu với văn bản ngày {format_day(checked, 'vi')}.",
            en=f"Typed with the proposal of a target; compared by its proposer on {format_day(checked, 'en')}.",
        ),
    )


def find_clash(document: SourceDocument, known: Mapping[str, SourceDocument]) -> Text | None:
    """That the same number of the same issuer and year stands among the documents as something else."""
    held = same_as(document, known)
    if held is None:
        return None
    if _alike(held.title.vi) != _alike(document.title.vi):
        return Text(
            vi=f"số hiệu {held.number} đã có trong danh mục với tên «{held.title.vi}»; hãy chọn văn bản ấy ở ô «Văn bản» "
            "hoặc sửa số hiệu, năm ban hành",
            en=f"the number {held.number} is listed already with the title “{held.title.en}”; choose that document "
            "or correct the number or the year",
        )
    if held.kind != document.kind:
        return Text(
            vi=f"văn bản {held.number} đã có trong danh mục với loại khác; hãy chọn văn bản ấy ở ô «Văn bản»",
            en=f"the document {held.number} is listed already as of another kind; choose that one",
        )
    return None


def same_as(document: SourceDocument, known: Mapping[str, SourceDocument]) -> SourceDocument | None:
    """The listed document with this number, issuer and year: numbers begin anew with each of these."""
    return next((held for held in known.values() if _key(held) == _key(document)), None)


def with_free_id(document: SourceDocument, known: Mapping[str, SourceDocument]) -> SourceDocument:
    """The document under an id that no other one has."""
    free, count = document.id, 1
    while free in known:
        count += 1
        free = f"{document.id}-{count}"
    return document.model_copy(update={"id": free})


def _key(document: SourceDocument) -> tuple[str, str, int | None]:
    year = document.issued.year if document.issued else None
    return _alike(document.number), _alike(document.issuer.vi), year


def _alike(words: str) -> str:
    return "".join(unicodedata.normalize("NFC", words).casefold().split())


def _tidy(words: str) -> str:
    """One line of signs that can be seen."""
    seen = (
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", words)
    )
    return " ".join("".join(seen).split())


def _named(number: str) -> str:
    """An id out of a number: 206/QĐ-TTg becomes 206-QD-TTg."""
    plain = unicodedata.normalize("NFD", number.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(
        sign if sign.isascii() and sign.isalnum() else "-"
        for sign in plain
        if not unicodedata.combining(sign)
    )
    return re.sub("-+", "-", letters).strip("-") or "van-ban"


def _of_words(number: str, title: str, issuer: str) -> Text | None:
    asked = (
        (number, LONGEST_NUMBER, "Số hiệu", "number"),
        (title, LONGEST_LINE, "Tên văn bản", "title"),
        (issuer, LONGEST_LINE, "Cơ quan ban hành", "issuer"),
    )
    for words, longest, vi, en in asked:
        if not words:
            return Text(
                vi=f"ô «{vi}» để trống. Hãy ghi như trên văn bản.", en=f"the {en} is blank. Enter it."
            )
        if len(words) > longest:
            return Text(
                vi=f"ô «{vi}» dài quá {longest} ký tự. Hãy ghi ngắn lại.",
                en=f"the {en} is longer than {longest} characters. Shorten it.",
            )
    return None


def _of_days(issued: date, checked: date, today: date) -> Text | None:
    for day, vi, en in (
        (issued, "ngày ban hành", "day of issue"),
        (checked, "ngày đối chiếu", "day of checking"),
    ):
        if day > today:
            return Text(
                vi=f"{vi} {format_day(day, 'vi')} ở sau hôm nay. Hãy sửa lại ngày.",
                en=f"the {en} {format_day(day, 'en')} lies in the future. Correct it.",
            )
    if checked < issued:
        return Text(
            vi=f"ngày đối chiếu {format_day(checked, 'vi')} ở trước ngày ban hành. Hãy sửa lại ngày.",
            en=f"the day of checking {format_day(checked, 'en')} lies before the day of issue. Correct it.",
        )
    return None


def _of_address(address: str) -> Text | None:
    if len(address) > LONGEST_LINE:
        return Text(
            vi=f"địa chỉ dài quá {LONGEST_LINE} ký tự. Hãy dùng địa chỉ ngắn hơn.",
            en=f"the address is longer than {LONGEST_LINE} characters. Use a shorter one.",
        )
    if FILE_NAME.fullmatch(address) or _is_web_address(address):
        return None
    return Text(
        vi=f"«{address[:40]}» không phải địa chỉ http, https hay tên tệp. Hãy ghi đủ từ http://, https://, hoặc chỉ ghi tên "
        "tệp như ke-hoach.pdf.",
        en=f"“{address[:40]}” is neither an http(s) address nor a file's name. Write it from http:// or https:// on, or "
        "a name such as plan.pdf.",
    )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in address
