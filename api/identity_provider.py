"""Signing in through an identity provider: OpenID Connect's code flow with PKCE.

The provider says who somebody is; what they may do stands with the account of the same verified e-mail, and
with nothing else that the provider tells. The flow ends in a session of our own, so that signing out,
disabling and a change of role act as for everybody.

Streamlit's `st.login` is not used for it: it runs inside a page, and pages are shown to nobody who has not
signed in; it would also keep a cookie of its own for 30 days, which signing out of one tab leaves to the others.
"""

import json
import logging
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from threading import Lock
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER, HTTP_403_FORBIDDEN, HTTP_502_BAD_GATEWAY

from api import addresses, cookies, screens
from api.arrival import arrive
from api.site import Site
from api.threads import PASSWORDS, in_thread
from api.visitors import stranger
from survey.provider import Provider
from survey.store.columns import clean_text

_LOG = logging.getLogger(__name__)
PATIENCE = 600  # seconds that somebody may take at the provider's site
WAIT = 10  # seconds for each answer of the provider
ALGORITHMS = ["RS256", "ES256", "PS256"]
LEEWAY = 60  # seconds by which the clocks may differ


class ProviderError(Exception):
    """The provider does not answer, or answers what it should not; the reason is for the log."""


@dataclass(frozen=True)
class _Journey:
    """What has to come back from the provider unchanged."""

    state: str
    nonce: str
    verifier: str
    back_to: str

    def packed(self) -> str:
        content = json.dumps([self.state, self.nonce, self.verifier, self.back_to])
        return urlsafe_b64encode(content.encode()).decode()


class OpenIdProvider:
    """The provider's addresses and keys, asked for once and again when a key is not among them."""

    def __init__(self, settings: Provider) -> None:
        self.settings = settings
        self._lock = Lock()
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None

    def address(self, journey: _Journey) -> str:
        """Where to send somebody who wants to sign in there."""
        made, _ = self._session().create_authorization_url(
            self._place("authorization_endpoint"),
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
        return str(made)

    def email_of(self, journey: _Journey, code: str) -> str | None:
        """The verified e-mail of whoever came back with `code`; None where the provider has verified none.

        Raises:
            ProviderError: the provider refuses the code, or its answer does not hold.
        """
        try:
            token = self._session().fetch_token(
                self._place("token_endpoint"), code=code, code_verifier=journey.verifier, timeout=WAIT
            )
        except (OAuthError, requests.RequestException, ValueError) as error:
            raise ProviderError(f"the code was not taken: {type(error).__name__}") from error
        claims = self._claims(str(token.get("id_token", "")))
        if claims.get("nonce") != journey.nonce:
            raise ProviderError("the answer belongs to another sign-in")
        # Text is no promise: some providers write "false".
        verified = claims.get("email_verified") is True
        return str(claims["email"]) if verified and claims.get("email") else None

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.settings.client_id,
            self.settings.client_secret,
            scope="openid email",
            redirect_uri=self.settings.redirect,
            code_challenge_method="S256",
        )

    def _place(self, name: str) -> str:
        with self._lock:
            if not self._metadata:
                self._metadata = _fetched(self.settings.metadata)
            place = self._metadata.get(name)
        if not isinstance(place, str):
            raise ProviderError(f"the provider names no {name}")
        return place

    def _claims(self, id_token: str) -> dict[str, Any]:
        issuer = self._place("issuer")
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": self.settings.client_id},
            exp={"essential": True},
            sub={"essential": True},
        )
        for again in (False, True):
            try:
                claims = jwt.decode(id_token, self._key_set(again=again), algorithms=ALGORITHMS).claims
                rules.validate(claims)
                return dict(claims)
            except (JoseError, ValueError) as error:
                if again:
                    raise ProviderError(
                        f"the identity token does not hold: {type(error).__name__}"
                    ) from error
        raise AssertionError("unreachable")

    def _key_set(self, *, again: bool) -> KeySet:
        """The provider's keys; providers change them now and then."""
        place = self._place("jwks_uri")
        with self._lock:
            if self._keys is None or again:
                self._keys = KeySet.import_key_set(_fetched(place))  # type: ignore[arg-type]
            return self._keys


def routes(site: Site) -> list[Route]:
    if site.provider is None:
        return []
    provider = OpenIdProvider(site.provider)

    async def leave(request: Request) -> Response:
        return await in_thread(PASSWORDS, _leave, request, site, provider)

    async def come_back(request: Request) -> Response:
        return await in_thread(PASSWORDS, _come_back, request, site, provider)

    return [
        Route(addresses.PROVIDER, leave, methods=["GET"]),
        Route(addresses.PROVIDER_BACK, come_back, methods=["GET"]),
    ]


def _leave(request: Request, site: Site, provider: OpenIdProvider) -> Response:
    back_to = addresses.own_address(request.query_params.get("tiep"))
    journey = _Journey(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back_to
    )
    try:
        response = RedirectResponse(provider.address(journey), HTTP_303_SEE_OTHER)
    except ProviderError as error:
        return _refused(request, site, error)
    cookies.set_passing(
        response,
        cookies.PROVIDER,
        journey.packed(),
        path=addresses.PROVIDER_BACK,
        seconds=PATIENCE,
        secure=cookies.is_secure(request, site),
    )
    return response


def _come_back(request: Request, site: Site, provider: OpenIdProvider) -> Response:
    journey = _unpacked(request.cookies.get(cookies.PROVIDER, ""))
    state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    if journey is None or not code or not secrets.compare_digest(state.encode(), journey.state.encode()):
        return _refused(request, site, ProviderError("somebody came back without having left from here"))
    try:
        email = provider.email_of(journey, code)
    except ProviderError as error:
        return _refused(request, site, error)
    person = site.store.accounts.by_email(clean_text(email)) if email else None
    if person is None:
        response: Response = screens.show(
            "provider_refused.html", request, site, stranger(request), status=HTTP_403_FORBIDDEN,
            reason="account" if email else "email",
        )  # fmt: skip
    else:
        site.store.accounts.note_sign_in(person)
        response = arrive(request, site, person, journey.back_to, chosen=None)
    cookies.clear_passing(
        response,
        cookies.PROVIDER,
        path=addresses.PROVIDER_BACK,
        secure=cookies.is_secure(request, site),
    )
    return response


def _refused(request: Request, site: Site, error: ProviderError) -> Response:
    _LOG.warning("signing in through the provider failed: %s", error)
    return screens.show(
        "provider_refused.html",
        request,
        site,
        stranger(request),
        status=HTTP_502_BAD_GATEWAY,
        reason="failed",
    )


def _unpacked(text: str) -> _Journey | None:
    try:
        parts = json.loads(urlsafe_b64decode(text.encode()))
        return _Journey(*parts) if len(parts) == 4 and all(isinstance(part, str) for part in parts) else None
    except (ValueError, TypeError):
        return None


def _fetched(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=WAIT)
        answer.raise_for_status()
        content = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderError(f"{address} does not answer: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise ProviderError(f"{address} answers something else")
    return content
