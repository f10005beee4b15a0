"""Who may ask what: this machine's users, others with the token, and no page of a stranger's."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from emotion_gui.core.translation import _
from emotion_gui.uploads.limits import RefusedError

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_OWN_ADDRESS = "OWN_ADDRESS"
_GO_BETWEENS = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
_OPEN = frozenset({"login", "static", "report_style"})
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # No page of another site can show the live picture within itself.
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Access:
    """Who may come in.

    Attributes:
        token: What others than this machine's users must know; empty where nobody else can connect.
        cookie: Name of the cookie: two servers on one machine must not share it.
        own_address: Where the server listens, besides the loopback.
    """

    token: str = ""
    cookie: str = "emotion-gui"
    own_address: str = ""


def protect(app: Flask, access: Access) -> None:
    """Check every request, and tell browsers what they must not do with the answer."""
    CSRFProtect(app)
    app.config[_OWN_ADDRESS] = access.own_address
    token = access.token
    if not token:
        # A stranger's page could give its own name this machine's address; the name then gives it away.
        app.config["TRUSTED_HOSTS"] = list(LOOPBACK)

    @app.before_request
    def ask_for_token() -> AnyResponse | None:
        if not token or request.endpoint in _OPEN or session.get("knows_token"):
            return None
        return redirect(url_for("login"))

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            # Faces and results: nothing of them stays in a browser's cache.
            response.headers["Cache-Control"] = "no-store"
        return response


def admit(typed: str, token: str) -> None:
    """Let this browser in from now on.

    Raises:
        RefusedError: What was typed is not the token.
    """
    if not hmac.compare_digest(typed.encode(), token.encode()):
        raise RefusedError(403, _("This is not the token."), _("Ask whoever started this server."))
    session.clear()
    session["knows_token"] = True


def is_at_this_machine() -> bool:
    """Whether the request comes from this machine's own browser, past no go-between."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    # Nobody else can connect from the address that is listened at.
    own = address.is_loopback or str(address) == current_app.config[_OWN_ADDRESS]
    return own and not any(name in request.headers for name in _GO_BETWEENS)
