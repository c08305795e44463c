"""The accounts with which the sample can be tried; all share one password that everybody may know."""

from survey.access import Role
from survey.members import Member, Members

DEMO_PASSWORD = "thuoc-so-2026"
CHAIR = "chutich"
DemoAccount = tuple[str, str, Role, str | None]

_OFFICES: tuple[DemoAccount, ...] = (
    (CHAIR, "Chủ tịch Liên hiệp (minh họa)", Role.CHAIR, None),
    ("coquan", "Cơ quan quản lý (minh họa)", Role.OFFICIAL, None),
    ("quantri", "Quản trị hệ thống (minh họa)", Role.ADMINISTRATOR, None),
)


def demo_accounts(members: Members) -> list[DemoAccount]:
    """Login, name, role and library of every account: the offices, then each member of today."""
    libraries = [member for member in members.members if member.valid_to is None]
    return [
        *_OFFICES,
        *((demo_login(member.id), _name(member), Role.LIBRARY, member.id) for member in libraries),
    ]


def demo_login(library_id: str) -> str:
    """The login of a library: its id without the year of the merger and without underscores.

    >>> demo_login("lao_cai_2025")
    'laocai'
    """
    return library_id.removesuffix("_2025").replace("_", "")


def _name(member: Member) -> str:
    return f"{member.name.vi} (minh họa)"
