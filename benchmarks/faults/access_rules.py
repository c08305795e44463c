"""Who is given what, written out by hand: nothing here asks the product, so that the two can be compared."""

from collections.abc import Callable, Mapping

from benchmarks.faults.access_people import BEGUN, ROUNDS, SUBJECT, SUCCESSOR, Kind
from survey.response import ResponseState as R
from survey.rounds import RoundState

PUBLISHED = (RoundState.PUBLISHED,)
ByGroup = Mapping[str, tuple[RoundState, ...]]
Names = frozenset[str] | None
Rule = Callable[[Kind], bool]

# Written out by hand: by group of people, in which rounds. Who is not named has nothing.
FILES = {"chair": ROUNDS, "official": PUBLISHED}
WITH_NAMES = {"library": PUBLISHED, "chair": ROUNDS, "official": PUBLISHED}
WITHOUT_NAMES = {"library": BEGUN, "chair": ROUNDS, "official": PUBLISHED, "province": PUBLISHED}
OF_THE_OWN_LIBRARY = {"library": BEGUN, "chair": BEGUN, "official": PUBLISHED, "province": PUBLISHED}
OF_ANOTHER_LIBRARY = {"library": PUBLISHED, "chair": BEGUN, "official": PUBLISHED}
PICTURES = {
    "ma-tran": WITH_NAMES,
    "so-sanh": WITH_NAMES,
    "qua-cac-dot": WITH_NAMES,
    "ban-do": WITH_NAMES,
    "diem-theo-tru-cot": WITHOUT_NAMES,
    "khoang-cach": WITHOUT_NAMES,
    "chi-tieu-206": WITHOUT_NAMES,
}
OF_ONE_LIBRARY = ("tru-cot", "hai-chi-tieu", "thang-diem")
LIBRARYS = (
    "trang-chu",
    "tra-loi",
    "tai-lieu",
    "kiem-tra",
    "ket-qua",
    "thu-thay-doi",
    "lien-hiep",
    "tham-dinh",
    "phuong-phap",
    "so-chi-tieu",
)
PAGES = {
    "library": LIBRARYS,
    "reviewer": ("trang-chu", "tham-dinh", "phuong-phap", "so-chi-tieu"),
    "chair": (
        *("trang-chu", "tien-do", "tham-dinh", "lien-hiep", "ket-qua", "xem-phieu", "dot-danh-gia", "tai-ve"),
        *("thu-thay-doi", "phuong-phap", "so-chi-tieu", "tu-soi"),
    ),
    "official": ("trang-chu", "lien-hiep", "ket-qua", "tai-ve", "phuong-phap", "so-chi-tieu"),
    "province": ("trang-chu", "lien-hiep", "ket-qua", "phuong-phap", "so-chi-tieu"),
    "administrator": ("trang-chu", "tai-khoan", "dot-danh-gia", "nhat-ky", "phuong-phap", "so-chi-tieu"),
}
EVERY_PAGE = (*LIBRARYS, "tien-do", "tu-soi", "xem-phieu", "dot-danh-gia", "tai-ve", "tai-khoan", "nhat-ky")


def in_rounds(rounds: ByGroup, round_: RoundState, kind: Kind) -> bool:
    return kind.signs_in and round_ in rounds.get(kind.group, ())


def reads(library: str, round_: RoundState, kind: Kind) -> bool:
    return in_rounds(OF_THE_OWN_LIBRARY if kind.library == library else OF_ANOTHER_LIBRARY, round_, kind)


def works_at(library: str, kind: Kind) -> bool:
    return kind.signs_in and kind.group == "library" and kind.library == library


def has_evidence(library: str, round_: RoundState, state: R, kind: Kind) -> bool:
    """Whoever reads the answer that uses the file, but nobody of another member: no library agreed to share one here.

    The people of the library that was formed from it are given what they read of it. In a round that has not begun
    no answer uses a file.
    """
    if works_at(library, kind):
        return True
    if round_ not in BEGUN:
        return False
    named = kind.signs_in and kind.stands.get(library) == "reviewer" and state is not R.DRAFT
    heir = library == SUBJECT and kind.library == SUCCESSOR
    return named or ((kind.group != "library" or heir) and reads(library, round_, kind))


def opens(page: str, kind: Kind) -> bool:
    return kind.signs_in and page in PAGES[kind.group]


def is_inside(kind: Kind) -> bool:
    return kind.signs_in


def is_outside(kind: Kind) -> bool:
    return not kind.signs_in


def gives_files(kind: Kind) -> bool:
    return kind.signs_in and kind.group == "library"


def everybody(_: Kind) -> bool:
    return True


def nobody(_: Kind) -> bool:
    return False


def all_names(_: Kind) -> Names:
    return None


def no_names(_: Kind) -> Names:
    return frozenset()


def name_of(library: str, _: Kind) -> Names:
    return frozenset({library})


def names_in(round_: RoundState, kind: Kind) -> Names:
    """The libraries whose names may stand beside others' figures."""
    if kind.group == "chair" or (round_ is RoundState.PUBLISHED and kind.group != "province"):
        return None
    return frozenset({kind.library} if kind.library else ())
