"""The accounts with which the sample can be tried; all share one password that everybody may know."""

from survey.access import Role
from survey.members import Member, Members

DEMO_PASSWORD = "thuoc-so-2026"
CHAIR = "chutich"
DemoAccount = tuple[str, str, Role, str | None]

_OFFICES: tuple[DemoAccount, ...] = (
    (CHAIR, "Chủ tịch Liên hiệp (minh họa)", Role.CHAIR, None),
    ("thamdinh", "Người thẩm định (minh họa)", Role.REVIEWER, None),
    ("coquan", "Cơ quan quản lý (minh họa)", Role.OFFICIAL, None),
    ("quantri", "Quản trị hệ thống (minh họa)", Role.ADMINISTRATOR, None),
)


def demo_accounts(members: Members) -> list[DemoAccount]:
    """Login, name, role and library of every account: the offices, then each member of today."""
    libraries = [member for member in members.members if member.valid_to is None]
    return [
        *_OFFICES,
        *(account for member in libraries for account in _of_library(member)),
    ]


def demo_login(library_id: str) -> str:
    """The login of a library: its id without the year of the merger and without underscores.

    >>> demo_login("lao_cai_2025")
    'laocai'
    """
    return library_id.removesuffix("_2025").replace("_", "")


def _of_library(member: Member) -> tuple[DemoAccount, DemoAccount]:
    """The director, who may do everything for the library, and somebody who enters figures."""
    login = demo_login(member.id)
    return (
        (login, _name(member), Role.DIRECTOR, member.id),
        (f"{login}.nhap", f"{member.short.vi}, người nhập số liệu (minh họa)", Role.ENTRY, member.id),
    )


def _name(member: Member) -> str:
    return f"{member.name.vi} (minh họa)"
