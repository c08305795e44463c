"""What people are told when the database cannot be opened, read or written."""

from survey.errors import StorageError


class NewerSchemaError(StorageError):
    """A newer release has used this database; this one does not touch it."""


_FULL = (
    "đĩa của máy chủ đã đầy. Hãy báo người quản trị giải phóng chỗ trống, rồi lưu lại",
    "the server's disk is full. Ask the administrator to free some space, then save again",
)
_READ_ONLY = (
    "cơ sở dữ liệu đang ở chế độ chỉ đọc. Hãy báo người quản trị, rồi lưu lại",
    "the database is read-only. Tell the administrator, then save again",
)
_BUSY = (
    "cơ sở dữ liệu đang bận. Hãy chờ một phút rồi lưu lại",
    "the database is busy. Wait a minute, then save again",
)
_OTHER = (
    "cơ sở dữ liệu không trả lời. Hãy chờ một phút rồi lưu lại; nếu vẫn lỗi, hãy báo người quản trị",
    "the database does not answer. Wait a minute, then save again; if it fails again, tell the administrator",
)
_REASONS = {
    "SQLITE_FULL": _FULL,
    "53100": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "25006": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "55P03": _BUSY,
    "40P01": _BUSY,
}


def cannot_write(code: str) -> StorageError:
    vi, en = next((words for start, words in _REASONS.items() if code.startswith(start)), _OTHER)
    return StorageError(
        vi=f"CHƯA lưu được: {vi}. Nội dung bạn vừa nhập vẫn còn trên màn hình.",
        en=f"NOT saved: {en}. What you typed is still on the screen.",
    )


def cannot_read(_code: str) -> StorageError:
    return StorageError(
        vi="Không đọc được dữ liệu vì cơ sở dữ liệu không trả lời. Những gì đã lưu không bị mất. "
        "Hãy chờ một phút rồi tải lại trang; nếu vẫn lỗi, hãy báo người quản trị.",
        en="The data cannot be read because the database does not answer. Nothing that was saved is lost. "
        "Wait a minute and reload the page; if it fails again, tell the administrator.",
    )


def cannot_open(place: str) -> StorageError:
    return StorageError(
        vi=f"Không mở được cơ sở dữ liệu «{place}». Hãy kiểm tra DATABASE_URL (địa chỉ, tên, tài khoản, "
        "mật khẩu), quyền ghi vào thư mục và máy chủ cơ sở dữ liệu có đang chạy không.",
        en=f"The database “{place}” cannot be opened. Check DATABASE_URL (address, name, user, password), "
        "the right to write to the folder, and that the database server is running.",
    )


def malformed_url() -> StorageError:
    return StorageError(
        vi="DATABASE_URL không đúng dạng. Hãy viết sqlite:///thư-mục/tệp.db hoặc "
        "postgresql://tài-khoản:mật-khẩu@máy-chủ:5432/tên, và mã hóa ký tự đặc biệt trong mật khẩu "
        "(@ thành %40).",
        en="DATABASE_URL is malformed. Write sqlite:///folder/file.db or "
        "postgresql://user:password@host:5432/name, and encode special characters of the password "
        "(@ as %40).",
    )


def unsupported_url(kind: str) -> StorageError:
    return StorageError(
        vi=f"DATABASE_URL dùng loại cơ sở dữ liệu «{kind}» mà công cụ không hỗ trợ. "
        "Hãy dùng sqlite hoặc postgresql.",
        en=f"DATABASE_URL names “{kind}”, a kind of database that is not supported. "
        "Use sqlite or postgresql.",
    )


def newer_schema(found: str, known: str) -> NewerSchemaError:
    return NewerSchemaError(
        vi=f"Cơ sở dữ liệu có phiên bản cấu trúc {found}, mới hơn phiên bản {known} của chương trình này. "
        "Hãy cài bản mới hơn của Thước Số; dữ liệu chưa bị thay đổi.",
        en=f"The database has schema version {found}, newer than version {known} of this program. "
        "Install the newer release of Thước Số; the data was not touched.",
    )
