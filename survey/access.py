"""Who may do what. Called where data changes and before anything is shown or handed out.

A person who may not see something is answered as if it were not there.
"""

from dataclasses import dataclass
from enum import StrEnum

from survey.errors import NotAllowedError
from survey.response import ResponseState
from survey.rounds import Round, RoundState
from survey.workflow import Capacity


class Role(StrEnum):
    """What an account may do; the names that people read are data (`data/roles.yaml`)."""

    ENTRY = "entry"
    DIRECTOR = "director"
    REVIEWER = "reviewer"
    CHAIR = "chair"
    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"


OF_LIBRARY = frozenset({Role.ENTRY, Role.DIRECTOR})
MAY_HAVE_LIBRARY = OF_LIBRARY | {Role.OFFICIAL}


@dataclass(frozen=True)
class Person:
    """A signed-in account.

    library_id: the library of somebody who enters or directs; for an official, the library of the
    one province that the account is for, or None for all.
    """

    id: int
    login: str
    name: str
    role: Role
    library_id: str | None = None
    language: str = "vi"
    email: str | None = None

    @property
    def of_library(self) -> bool:
        """Whether the person works at a member library."""
        return self.role in OF_LIBRARY

    @property
    def of_one_province(self) -> bool:
        """Whether this is an official who answers for the library of one province alone."""
        return self.role is Role.OFFICIAL and self.library_id is not None


class Page(StrEnum):
    """Every page of the interface, by the word in its address."""

    HOME = "trang-chu"
    ANSWER = "tra-loi"
    CHECK = "kiem-tra"
    EVIDENCE = "tai-lieu"
    RESULT = "ket-qua"
    WHAT_IF = "thu-thay-doi"
    FEDERATION = "lien-hiep"
    SELF_CHECK = "tu-soi"
    PROGRESS = "tien-do"
    REVIEW = "xem-phieu"
    APPRAISAL = "tham-dinh"
    ROUNDS = "dot-danh-gia"
    METHOD = "phuong-phap"
    TARGETS = "so-chi-tieu"
    DOWNLOADS = "tai-ve"
    ACCOUNTS = "tai-khoan"
    TRAIL = "nhat-ky"
    MINE = "tai-khoan-cua-toi"


# Somebody of a library may be named as second reader of another one, hence the desk.
_LIBRARY_PAGES = (
    Page.HOME,
    Page.ANSWER,
    Page.EVIDENCE,
    Page.CHECK,
    Page.RESULT,
    Page.WHAT_IF,
    Page.FEDERATION,
    Page.APPRAISAL,
    Page.METHOD,
    Page.TARGETS,
)
PAGES: dict[Role, tuple[Page, ...]] = {
    Role.ENTRY: _LIBRARY_PAGES,
    Role.DIRECTOR: _LIBRARY_PAGES,
    Role.REVIEWER: (Page.HOME, Page.APPRAISAL, Page.METHOD, Page.TARGETS),
    Role.CHAIR: (
        Page.HOME,
        Page.PROGRESS,
        Page.APPRAISAL,
        Page.FEDERATION,
        Page.SELF_CHECK,
        Page.RESULT,
        Page.WHAT_IF,
        Page.REVIEW,
        Page.ROUNDS,
        Page.DOWNLOADS,
        Page.METHOD,
        Page.TARGETS,
    ),
    Role.OFFICIAL: (Page.HOME, Page.FEDERATION, Page.RESULT, Page.DOWNLOADS, Page.METHOD, Page.TARGETS),
    Role.ADMINISTRATOR: (Page.HOME, Page.ACCOUNTS, Page.ROUNDS, Page.TRAIL, Page.METHOD, Page.TARGETS),
}
# Everybody has an account to look after.
PAGES = {role: (*pages, Page.MINE) for role, pages in PAGES.items()}


def may_open_page(person: Person, page: Page) -> bool:
    if page is Page.DOWNLOADS and person.of_one_province:
        return False
    return page in PAGES[person.role]


def may_answer(person: Person, library_id: str) -> bool:
    return person.of_library and person.library_id == library_id


def may_submit(person: Person, library_id: str) -> bool:
    """Only the director sends the response, with a name under it."""
    return person.role is Role.DIRECTOR and person.library_id == library_id


def capacity(person: Person, library_id: str, *, assigned: bool) -> Capacity:
    """As what the person meets one library's response; nobody reviews the own library."""
    if person.of_library and person.library_id == library_id:
        return Capacity.OWN_DIRECTOR if person.role is Role.DIRECTOR else Capacity.OWN_ENTRY
    if person.role is Role.CHAIR:
        return Capacity.CHAIR
    return Capacity.REVIEWER if assigned and may_be_assigned(person, library_id) else Capacity.NOBODY


def may_be_assigned(person: Person, library_id: str) -> bool:
    """Whether the person can review a library: a reviewer, or a second reader from another library."""
    return person.role is Role.REVIEWER or (person.of_library and person.library_id != library_id)


def may_read_response(person: Person, library_id: str, round_: Round) -> bool:
    """Whether the person may read one library's answers and scores in a round."""
    if person.role is Role.CHAIR:
        return True
    if person.of_library:
        return person.library_id == library_id or round_.state is RoundState.PUBLISHED
    if person.of_one_province and person.library_id != library_id:
        return False
    return round_.state is RoundState.PUBLISHED and person.role is Role.OFFICIAL


def may_open_evidence(
    person: Person, library_id: str, round_: Round, *, agreed: bool, inherited: bool
) -> bool:
    """Whether the person may open a file that is evidence of one library's answer.

    People of another member library open nothing but what that library agreed to share (`agreed`), and
    that once the round is published; everybody else what they may read. So do the people of a library
    that was formed from this one (`inherited`): the records of its former libraries are its own.
    """
    if person.of_library and person.library_id != library_id and not inherited:
        return agreed and round_.state is RoundState.PUBLISHED
    return may_read_response(person, library_id, round_)


def may_share(person: Person, library_id: str) -> bool:
    """Whether the person may tell the others how the library works, and take it back: its own people."""
    return may_answer(person, library_id)


def may_appraise(capacity: Capacity, state: ResponseState) -> bool:
    """Whether somebody who was named to review a response may look at it: from when it was sent."""
    return capacity is Capacity.REVIEWER and state is not ResponseState.DRAFT


def may_try(person: Person, library_id: str) -> bool:
    """Whether the person may try out changes of a library's answers and keep them as scenarios."""
    return person.role is Role.CHAIR or (person.of_library and person.library_id == library_id)


def may_try_together(person: Person) -> bool:
    """Whether the person may reckon what a measure brings to several libraries, side by side and by name."""
    return person.role is Role.CHAIR


def may_compare(person: Person, round_: Round) -> bool:
    """Whether the person may see the Federation's view of a round (named or not)."""
    if person.role is Role.CHAIR:
        return True
    if person.of_library:
        return round_.state is not RoundState.DRAFT
    return person.role is Role.OFFICIAL and round_.state is RoundState.PUBLISHED


def sees_names(person: Person, round_: Round) -> bool:
    """Whether the other libraries carry their names.

    Before publication only the chair sees them; an official of one province never does.
    """
    if person.of_one_province:
        return False
    return person.role is Role.CHAIR or round_.state is RoundState.PUBLISHED


def may_export(person: Person, round_: Round) -> bool:
    """Whether the person may take the round's files away: a right of its own.

    The files hold every library, so an official of one province has none of them.
    """
    if person.role is Role.CHAIR:
        return True
    if person.of_one_province:
        return False
    return person.role is Role.OFFICIAL and round_.state is RoundState.PUBLISHED


def may_review(person: Person) -> bool:
    return person.role is Role.CHAIR


def may_run_rounds(person: Person) -> bool:
    return person.role is Role.CHAIR


def may_manage_accounts(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR


def may_read_trail(person: Person) -> bool:
    """The audit trail, without what was answered: an administrator sees no more answers than an official."""
    return person.role is Role.ADMINISTRATOR


def may_see_rounds(person: Person) -> bool:
    return person.role in (Role.CHAIR, Role.ADMINISTRATOR)


def may_propose_target(person: Person) -> bool:
    return person.role in (Role.CHAIR, Role.ADMINISTRATOR)


def may_adopt_target(person: Person) -> bool:
    """A change of the method is the Federation's: its chair adopts it."""
    return person.role is Role.CHAIR


def may_withdraw_target(person: Person, proposed_by: str) -> bool:
    return may_adopt_target(person) or (may_propose_target(person) and person.login == proposed_by)


def require(allowed: bool) -> None:
    """Raise the one answer for everything that is not there for this person.

    Raises:
        NotAllowedError: `allowed` is false.
    """
    if not allowed:
        raise NotAllowedError(
            vi="Không tìm thấy nội dung này, hoặc tài khoản của bạn không được xem. "
            "Hãy quay về trang chủ hoặc đăng nhập bằng tài khoản khác.",
            en="This was not found, or your account may not see it. Go back to the home page or sign in "
            "with another account.",
        )


def require_may_answer(person: Person, library_id: str) -> None:
    """Raises NotAllowedError: the response belongs to another library."""
    require(may_answer(person, library_id))
