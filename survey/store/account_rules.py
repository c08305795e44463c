"""What an account must be, in words for whoever sets it up."""

from sqlalchemy import Connection, bindparam, select

from survey.access import MAY_HAVE_LIBRARY, OF_LIBRARY, Role
from survey.errors import SurveyError
from survey.store.schema import account

_OTHER_ADMINISTRATOR = (
    select(account.c.id)
    .where(
        account.c.active, account.c.role == Role.ADMINISTRATOR.value, account.c.id != bindparam("person_id")
    )
    .limit(1)
)
_ROLE = select(account.c.role).where(account.c.id == bindparam("person_id"))


def require_another_administrator(connection: Connection, person_id: int) -> None:
    """Raises SurveyError: without this account nobody could look after the accounts."""
    if connection.execute(_ROLE, {"person_id": person_id}).scalar_one() != Role.ADMINISTRATOR.value:
        return
    if connection.execute(_OTHER_ADMINISTRATOR, {"person_id": person_id}).first() is None:
        raise SurveyError(
            vi="Đây là người quản trị duy nhất còn hoạt động nên không khóa hay đổi vai trò được. "
            "Hãy tạo một người quản trị khác trước.",
            en="This is the only administrator who can sign in, so the account stays. "
            "Add another administrator first.",
        )


def login_missing() -> SurveyError:
    return SurveyError(
        vi="Tên đăng nhập còn trống. Hãy nhập tên đăng nhập.",
        en="The login is empty. Enter a login.",
    )


def login_taken(login: str) -> SurveyError:
    return SurveyError(
        vi=f"Tên đăng nhập «{login}» đã có người dùng. Hãy chọn tên khác.",
        en=f"The login “{login}” is taken. Choose another one.",
    )


def role_mismatch() -> SurveyError:
    return SurveyError(
        vi="Người nhập số liệu và giám đốc phải thuộc một thư viện; người thẩm định, Chủ tịch Liên hiệp và "
        "quản trị thì không. Hãy sửa vai trò hoặc thư viện.",
        en="Whoever enters figures and a director belong to a library; a reviewer, the chair and an "
        "administrator do not. Correct the role or the library.",
    )


def require_fitting(role: Role, library_id: str | None) -> None:
    """Raises SurveyError: the role needs a library, or has none."""
    if (role in OF_LIBRARY and not library_id) or (library_id and role not in MAY_HAVE_LIBRARY):
        raise role_mismatch()


def name_missing() -> SurveyError:
    return SurveyError(
        vi="Chưa có họ tên. Hãy nhập họ và tên của người dùng tài khoản.",
        en="The name is missing. Enter the name of the person who uses the account.",
    )


def email_taken(email: str) -> SurveyError:
    return SurveyError(
        vi=f"Thư điện tử «{email}» đã thuộc một tài khoản khác. Hãy dùng địa chỉ khác, hoặc sửa tài khoản kia trước.",
        en=f"The e-mail “{email}” belongs to another account. Use another one, or correct that account first.",
    )
