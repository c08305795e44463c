"""Addresses of this server, and which of them somebody may be sent to."""

from urllib.parse import urlencode, urlsplit

from survey.access import Page, Person, may_open_page

HOME = "/"
SIGN_IN = "/dang-nhap"
SIGN_OUT = "/dang-xuat"
SECOND_STEP = "/dang-nhap/ma"
PROVIDER = "/dang-nhap/co-quan"
# Where Streamlit, too, would have the identity provider send people back to.
PROVIDER_BACK = "/oauth2callback"
INVITATION = "/loi-moi"
NEW_PASSWORD = "/dat-lai-mat-khau"
OWN_PASSWORD = "/doi-mat-khau"
OWN_SECOND_FACTOR = "/xac-thuc-hai-lop"
SESSION = "/phien"
LANGUAGE = "/ngon-ngu"
SET_UP = "/thiet-lap"
FILES = "/tai/"
FRAMEWORKS = "/bo-chi-so/"
PICTURES = "/anh/"
UPLOAD = "/tai-len"
EVIDENCE = "/tep/"
# What Streamlit's own frontend asks for; everything else is a page, a route of ours, or not there.
STREAMLIT = ("/_stcore/", "/static/", "/media/", "/component/")
LONGEST = 2_000

_PAGES = {f"/{page}": page for page in Page} | {HOME: Page.HOME}


def page_at(path: str) -> Page | None:
    """The page at `path`, also when it was typed with a slash at its end."""
    return _PAGES.get(path) or _PAGES.get(path.removesuffix("/"))


def path_of(page: Page) -> str:
    """Where Streamlit shows the page: the home page stands at the root alone."""
    return HOME if page is Page.HOME else f"/{page}"


def own_address(address: str | None) -> str:
    """Return `address` when it leads to a page or file of this server, the home page otherwise.

    >>> own_address("/lien-hiep?dot=2025")
    '/lien-hiep?dot=2025'
    >>> own_address("https://example.org/lien-hiep"), own_address("//example.org"), own_address("/\\\\x")
    ('/', '/', '/')
    """
    if not address or len(address) > LONGEST or not address.isprintable() or "\\" in address:
        return HOME
    try:
        parts = urlsplit(address)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or address.startswith("//") or not _is_ours(parts.path):
        return HOME
    return with_query(parts.path, parts.query)


def allowed_address(address: str | None, person: Person) -> str:
    """Return `address`, or the home page where it leads to a page that `person` may not open."""
    own = own_address(address)
    page = page_at(urlsplit(own).path)
    return own if page is None or may_open_page(person, page) else HOME


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def sign_in_address(back_to: str = HOME) -> str:
    """The sign-in page, from where one comes back to where one wanted to go."""
    back_to = own_address(back_to)
    return SIGN_IN if back_to == HOME else f"{SIGN_IN}?{urlencode({'tiep': back_to})}"


def evidence_address(round_id: str, library_id: str, digest: str) -> str:
    """Where a file that an answer of this response uses can be had; the route checks the person again."""
    return f"{EVIDENCE}{round_id}/{library_id}/{digest}"


def provider_address(back_to: str = HOME) -> str:
    """Where signing in through the identity provider begins."""
    back_to = own_address(back_to)
    return PROVIDER if back_to == HOME else f"{PROVIDER}?{urlencode({'tiep': back_to})}"


def second_step_address(back_to: str = HOME) -> str:
    back_to = own_address(back_to)
    return SECOND_STEP if back_to == HOME else f"{SECOND_STEP}?{urlencode({'tiep': back_to})}"


def _is_ours(path: str) -> bool:
    return (
        path in (OWN_PASSWORD, OWN_SECOND_FACTOR, UPLOAD)
        or page_at(path) is not None
        or (path.startswith(FILES) and path.count("/") == FILES.count("/"))
    )
