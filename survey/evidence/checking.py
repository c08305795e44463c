"""Whether bytes are the kind of file that their name says, and safe to hand on as they are.

Nothing is converted or opened by an office program: endings, first bytes, the structure of zips and the
head of pictures are read here, with bounds, before the file is kept.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from survey.evidence import refusals
from survey.evidence.names import clean_name
from survey.evidence.refusals import too_large as _too_large

LARGEST = 10 << 20  # bytes
MOST_ENTRIES = 4_000
LARGEST_UNFOLDED = 200 << 20
MOST_TIMES = 200  # an office file unfolds some ten times; what unfolds more was made for it
SMALL = 1 << 20  # below it a high ratio does no harm
MOST_POINTS = 120_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = frozenset(
    {"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm", "doc", "xls", "ppt", "rtf"}
)
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
OFFICE = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    **OPEN_DOCUMENT,
    **{ending: media_type for ending, (_, media_type) in OFFICE.items()},
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept, under the name that people will read."""

    name: str
    media_type: str
    content: bytes


def too_large(name: str) -> Exception:
    return _too_large(clean_name(name), LARGEST)


def check_file(name: str, content: bytes) -> CheckedFile:
    """Return the file under a clean name.

    Raises:
        SurveyError: it is empty, too large, of another kind than its name says or than is taken,
            protected, damaged, or made to harm whoever opens it.
    """
    name = clean_name(name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in MACROS or content.startswith(OLE):
        raise refusals.locked(name) if _is_locked(ending, content) else refusals.old_office(name)
    if ending not in MEDIA_TYPES:
        raise refusals.unknown_kind(name, ", ".join(sorted(MEDIA_TYPES)))
    if not content:
        raise refusals.empty(name)
    if len(content) > LARGEST:
        raise _too_large(name, LARGEST)
    _checker(ending)(name, ending, content)
    return CheckedFile(name, MEDIA_TYPES[ending], content)


def _is_locked(ending: str, content: bytes) -> bool:
    """A .docx with a password is an OLE file with the ending of a zip."""
    return ending in OFFICE and content.startswith(OLE)


def _checker(ending: str) -> Callable[[str, str, bytes], None]:
    if ending == "pdf":
        return _check_pdf
    return _check_picture if ending in PICTURES else _check_office


def _check_pdf(name: str, ending: str, content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise refusals.other_inside(name, ending)
    tail = content[-2_048:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise refusals.damaged(name)
    if b"/Encrypt" in content and b"/Standard" in content:
        raise refusals.locked(name)


def _check_picture(name: str, ending: str, content: bytes) -> None:
    wanted = PICTURES[ending]
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as picture:
            kind, (width, height) = picture.format, picture.size
            if kind != wanted:
                raise refusals.other_inside(name, ending)
            if width * height > MOST_POINTS:
                raise refusals.too_many_points(name)
            picture.verify()
    except Image.DecompressionBombError as error:
        raise refusals.too_many_points(name) from error
    except (OSError, SyntaxError, ValueError, zlib.error) as error:
        raise refusals.other_inside(name, ending) from error
    if wanted == "JPEG" and b"\xff\xd9" not in content[-64:]:
        raise refusals.damaged(name)
    if wanted == "PNG" and b"IEND" not in content[-32:]:
        raise refusals.damaged(name)


def _check_office(name: str, ending: str, content: bytes) -> None:
    if not content.startswith(b"PK\x03\x04"):
        raise refusals.other_inside(name, ending)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(name, entries)
            _check_kind(name, ending, archive)
            _unfold(name, archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise refusals.damaged(name) from error


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """What the list of contents says already; what it says of sizes is checked once more while reading."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNFOLDED:
        raise refusals.unfolds_too_far(name)
    paths = [entry.filename for entry in entries]
    if len(set(paths)) != len(paths):
        raise refusals.damaged(name)
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.flag_bits & 0x1:
            raise refusals.locked(name)
        if (
            ".." in parts
            or entry.filename.startswith(("/", "\\"))
            or ":" in entry.filename
            or "\0" in entry.filename
        ):
            raise refusals.damaged(name)
        if entry.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")):
            raise refusals.old_office(name)


def _check_kind(name: str, ending: str, archive: zipfile.ZipFile) -> None:
    paths = set(archive.namelist())
    if ending in OPEN_DOCUMENT:
        told = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in paths else ""
        if told.strip() != OPEN_DOCUMENT[ending] or "content.xml" not in paths:
            raise refusals.other_inside(name, ending)
        return
    folder, _ = OFFICE[ending]
    if "[Content_Types].xml" not in paths or not any(path.startswith(folder) for path in paths):
        raise refusals.other_inside(name, ending)


def _unfold(name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read every entry through once, so that sizes and checksums are true ones."""
    total = 0
    for entry in entries:
        own = 0
        with archive.open(entry) as part:
            while block := part.read(1 << 16):
                own += len(block)
                total += len(block)
                if total > LARGEST_UNFOLDED or (
                    own > SMALL and own > MOST_TIMES * max(entry.compress_size, 1)
                ):
                    raise refusals.unfolds_too_far(name)
