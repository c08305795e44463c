"""A small identity provider for tests: real HTTP, real signatures, and lies when a test asks for them."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "thuoc-so", "a secret of the test"


@dataclass
class IdentityProvider:
    """Discovery, authorize, token and jwks. claims: what the next identity token says beside the usual."""

    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing_key: RSAKey | None = None
    down: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens_given: int = 0

    def start(self) -> "IdentityProvider":
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def get(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.down:
            self._send(request, 503, {})
        elif parts.path == "/.well-known/openid-configuration":
            places = {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
            }
            self._send(request, 200, places)
        elif parts.path == "/jwks":
            self._send(request, 200, {"keys": [self.key.as_dict(private=False)]})
        elif parts.path == "/authorize":
            code = f"code-{len(self.codes)}"
            self.codes[code] = given
            request.send_response(303)
            back = {"code": code, "state": given["state"]}
            request.send_header("Location", f"{given['redirect_uri']}?{urlencode(back)}")
            request.end_headers()

    def post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        begun = self.codes.pop(given.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if begun is None or begun["code_challenge"].encode() != challenge or not _knows_secret(request):
            self._send(request, 400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 300}
        claims = {**usual, "nonce": begun.get("nonce"), **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing_key or self.key)
        self.tokens_given += 1
        self._send(request, 200, {"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _send(self, request: BaseHTTPRequestHandler, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def _knows_secret(request: BaseHTTPRequestHandler) -> bool:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return kind == "Basic" and b64decode(value).decode() == f"{CLIENT}:{SECRET}"
