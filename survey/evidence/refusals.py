"""Why a file is not kept: where, what, why, and what to do."""

from survey.errors import SurveyError


def _refused(name: str, vi: str, en: str) -> SurveyError:
    shown = name or "?"
    return SurveyError(vi=f"Chưa nhận tệp «{shown}»: {vi}", en=f"The file “{shown}” was not taken: {en}")


def too_large(name: str, most: int) -> SurveyError:
    return _refused(
        name,
        f"tệp lớn hơn {most >> 20} MB. Hãy quét ở 150–200 dpi, nén lại, hoặc ghi đường dẫn thay cho tệp.",
        f"it is larger than {most >> 20} MB. Scan at 150–200 dpi, compress it, or give a link instead.",
    )


def empty(name: str) -> SurveyError:
    return _refused(name, "tệp rỗng. Hãy chọn lại tệp.", "it is empty. Choose the file again.")


def unknown_kind(name: str, kinds: str) -> SurveyError:
    return _refused(
        name,
        f"không phải loại tệp được nhận ({kinds}). Hãy lưu tài liệu thành PDF rồi tải lên.",
        f"its kind is not taken ({kinds}). Save the document as PDF and upload that.",
    )


def old_office(name: str) -> SurveyError:
    return _refused(
        name,
        "tệp Office kiểu cũ hoặc có macro không được nhận vì có thể chứa mã độc. "
        "Hãy mở tệp, lưu thành .docx, .xlsx, .pptx hoặc PDF rồi tải lên.",
        "old Office files and files with macros may carry harmful code. "
        "Open it, save it as .docx, .xlsx, .pptx or PDF, and upload that.",
    )


def other_inside(name: str, ending: str) -> SurveyError:
    return _refused(
        name,
        f"nội dung không phải là tệp .{ending}. Tệp đã bị đổi đuôi hoặc bị hỏng. Hãy mở bằng phần mềm gốc và lưu lại.",
        f"its content is no .{ending} file. It was renamed or is damaged; open it in its program and save it again.",
    )


def damaged(name: str) -> SurveyError:
    return _refused(
        name,
        "tệp bị hỏng hoặc tải lên chưa hết. Hãy mở thử trên máy của bạn, lưu lại rồi tải lên lần nữa.",
        "it is damaged or was not uploaded whole. Open it on your computer, save it again and upload it once more.",
    )


def locked(name: str) -> SurveyError:
    return _refused(
        name,
        "tệp đặt mật khẩu nên người thẩm định không mở được. Hãy bỏ mật khẩu rồi tải lên.",
        "it is protected by a password, so no reviewer could open it. Remove the password and upload it.",
    )


def unfolds_too_far(name: str) -> SurveyError:
    return _refused(
        name,
        "tệp nén nở ra quá lớn, không giống tài liệu văn phòng. Hãy lưu thành PDF rồi tải lên.",
        "it unfolds far beyond what an office document does. Save it as PDF and upload that.",
    )


def too_many_points(name: str) -> SurveyError:
    return _refused(
        name,
        "hình có quá nhiều điểm ảnh. Hãy giảm kích thước hình hoặc quét ở 200 dpi.",
        "the picture has too many points. Make it smaller or scan at 200 dpi.",
    )
