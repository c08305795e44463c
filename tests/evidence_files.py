"""Files for the tests of evidence, made here byte by byte: good ones, and ones that must be refused."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<w/>", **more})


def open_document(kind: str) -> bytes:
    return archive(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<office/>"}
    )


def huge_png() -> bytes:
    """A few bytes that claim 60,000 by 60,000 points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def lying_zip() -> bytes:
    """An archive whose list says that a part is small while it unfolds to much more."""
    content = bytearray(
        archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * (30 << 20)})
    )
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 1_000)
    return bytes(content)


def encrypted_entry() -> bytes:
    content = bytearray(office("word"))
    content[6] |= 1  # the flag in the first local head
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


WORD = office("word")
GOOD: dict[str, bytes] = {
    "Quyết định 12.pdf": PDF,
    "hinh.PNG": picture("PNG"),
    "hinh.jpg": picture("JPEG"),
    "hinh.jpeg": picture("JPEG"),
    "hinh.webp": picture("WEBP"),
    "bao cao.docx": WORD,
    "bang.xlsx": office("xl"),
    "trinh-chieu.pptx": office("ppt"),
    "van-ban.odt": open_document("text"),
    "bang.ods": open_document("spreadsheet"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
KIND, INSIDE, OLD = "không phải loại tệp được nhận", "nội dung không phải là tệp", "kiểu cũ hoặc có macro"
DAMAGED, LOCKED, BOMB = "bị hỏng hoặc tải lên chưa hết", "đặt mật khẩu", "nở ra quá lớn"
# name, content, what is said.
BAD: list[tuple[str, bytes, str]] = [
    *((f"tep.{ending}", b"MZ" + b"\0" * 90, KIND) for ending in (
        "exe", "html", "svg", "js", "php", "bat", "zip", "7z", "txt", "csv", "gif", "bmp", "tiff", "mp4", "apk", "lnk",
        "pdf.exe", "htm", "xml", "eml", "iso", "url", "hta", "scr", "odp",
    )),
    ("khong-duoi", PDF, KIND),
    ("", PDF, KIND),
    (".pdf", b"", KIND),
    *((f"tep.{ending}", OLE, OLD) for ending in ("doc", "xls", "ppt", "pdf", "png")),
    *((f"tep.{ending}", WORD, OLD) for ending in ("docm", "xlsm", "pptm", "xlsb", "rtf", "dotm")),
    *((f"tep.{ending}", OLE, LOCKED) for ending in ("docx", "xlsx", "pptx")),
    *((f"tep.{ending}", b"", "tệp rỗng") for ending in ("pdf", "docx", "png")),
    ("doi-duoi.pdf", picture("PNG"), INSIDE),
    ("doi-duoi.pdf", WORD, INSIDE),
    ("doi-duoi.pdf", b"<html>%PDF-1.7", INSIDE),
    ("doi-duoi.png", picture("JPEG"), INSIDE),
    ("doi-duoi.jpg", picture("PNG"), INSIDE),
    ("doi-duoi.webp", picture("PNG"), INSIDE),
    ("doi-duoi.png", b"<svg onload=alert(1)>", INSIDE),
    ("doi-duoi.docx", PDF, INSIDE),
    ("doi-duoi.docx", office("xl"), INSIDE),
    ("doi-duoi.xlsx", WORD, INSIDE),
    ("doi-duoi.pptx", open_document("text"), INSIDE),
    ("doi-duoi.odt", open_document("spreadsheet"), INSIDE),
    ("doi-duoi.ods", WORD, INSIDE),
    ("doi-duoi.docx", archive({"setup.exe": b"MZ"}), INSIDE),
    ("cut.pdf", PDF[:30], DAMAGED),
    ("cut.docx", WORD[:-30], DAMAGED),
    ("cut.docx", WORD[: len(WORD) // 2], DAMAGED),
    ("cut.jpg", picture("JPEG", (900, 900))[:-200], DAMAGED),
    ("noi-them.png", picture("PNG") + b"<script>" * 40, DAMAGED),
    ("ten.docx", office("word", **{"../../etc/cron.d/x": b"x"}), DAMAGED),
    ("ten.docx", office("word", **{"/etc/passwd": b"x"}), DAMAGED),
    ("ten.docx", office("word", **{"C:\\windows\\x": b"x"}), DAMAGED),
    ("ten.docx", office("word", **{"word\\..\\..\\x": b"x"}), DAMAGED),
    ("macro.docx", office("word", **{"word/vbaProject.bin": b"x"}), OLD),
    ("macro.xlsx", office("xl", **{"xl/VBAPROJECT.BIN": b"x"}), OLD),
    ("bom.docx", office("word", **{"word/media/a.xml": b"\0" * (40 << 20)}), BOMB),
    ("bom.docx", archive({f"word/{n}.xml": b"" for n in range(4_100)} | {"[Content_Types].xml": b""}), BOMB),
    ("bom.docx", lying_zip(), DAMAGED),
    ("bom.png", huge_png(), "quá nhiều điểm ảnh"),
    ("khoa.docx", encrypted_entry(), LOCKED),
    ("khoa.pdf", PDF.replace(b"<<>>\nstartxref", b"<</Encrypt <</Filter /Standard>> >>\nstartxref"), LOCKED),
    ("to.pdf", PDF + b" " * (10 << 20) + PDF, "lớn hơn 10 MB"),
]  # fmt: skip
