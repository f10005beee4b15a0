"""Who may ask what: this machine's users, others with the token, and no page of a stranger's."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Final

from flask import Flask, Response, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from emotion_gui.core.translation import _
from emotion_gui.web.uploads import RefusedError

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
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


def protect(app: Flask, token: str) -> None:
    """Check every request, and tell browsers what they must not do with the answer.

    Args:
        app: The server.
        token: What others than this machine's users must know; empty where nobody else can connect.
    """
    CSRFProtect(app)
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
    forwarded = any(name in request.headers for name in _GO_BETWEENS)
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return address.is_loopback and not forwarded
