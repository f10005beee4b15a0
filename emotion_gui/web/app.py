"""The browser's pages put together: Flask with its rooms, protection, language and errors."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response

from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.translation import N_, _
from emotion_gui.export.html_style import STYLE
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES, RefusedError
from emotion_gui.web import live_pages, login_pages, session_pages, upload_pages
from emotion_gui.web.guard import Access, protect
from emotion_gui.web.parts import Parts
from emotion_gui.web.speech import speak

_log = logging.getLogger(__name__)

# Werkzeug reads in pieces of 64 KB and wants room for some of them.
_MOST_FORM_BYTES = 512 * 1024
_WORDS = {
    400: N_("This request cannot be understood."),
    404: N_("There is no such page."),
    405: N_("This cannot be asked for in that way."),
}


def create_app(parts: Parts, access: Access | None = None) -> Flask:
    """The application for a WSGI server.

    Args:
        parts: What the pages work on.
        access: Who may come in; None for this machine's users alone.
    """
    access = access or Access()
    app = Flask("emotion_gui.web")
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        MAX_CONTENT_LENGTH=MOST_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=_MOST_FORM_BYTES,
        MAX_FORM_PARTS=20,
        SESSION_COOKIE_NAME=access.cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        # A form stays good as long as the server runs: a page may stand open for hours.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.globals.update(CAVEAT=CAVEAT)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    speak(app, parts.load_settings)
    protect(app, access)
    for room in (live_pages, upload_pages, session_pages):
        app.register_blueprint(room.blueprint(parts))
    login_pages.add_login(app, access.token)
    _add_start(app)
    _add_errors(app)
    return app


def _add_start(app: Flask) -> None:
    @app.get("/")
    def start() -> str:
        return render_template("start.html")

    @app.get("/report.css")
    def report_style() -> Response:
        return Response(STYLE, mimetype="text/css")


def _add_errors(app: Flask) -> None:
    @app.errorhandler(AppError)
    def expected(error: AppError) -> tuple[str, int]:
        return _page(error.message, error.hint, error.status if isinstance(error, RefusedError) else 400)

    @app.errorhandler(CSRFError)
    def old_form(_error: CSRFError) -> tuple[str, int]:
        return _page(_("This form is no longer valid."), _("Go back, load the page again and fill it in again."), 400)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
        most = MOST_UPLOAD_BYTES // 1024**2
        return _page(
            _("The file is larger than {most} MB.").format(most=most),
            _("'emotion-gui analyze' takes recordings of any size."),
            413,
        )

    @app.errorhandler(SecurityError)
    def strange_host(_error: SecurityError) -> Response:
        # A page of ours would have links that begin with the strange name.
        return Response(_(_WORDS[400]), 400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        return _page(_(_WORDS.get(code, _WORDS[400])), "", code)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        _log.error("%s %s failed", request.method, request.path, exc_info=error)
        return _page(_("Something unexpected happened, and the server goes on."), _("The log has the details."), 500)


def _page(message: str, hint: str, status: int) -> tuple[str, int]:
    return render_template("error.html", message=message, hint=hint), status
