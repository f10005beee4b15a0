"""The page behind a server that only this machine reaches, and that lets a page reach nothing but this server."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.gradio_app import fragments
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES

HOST = "127.0.0.1"
_ENDING_S = 1
# The page's framework writes scripts and styles into the page and makes code from text; no other address is let in.
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
_FONTS = ("system-ui", "sans-serif")
_MONO_FONTS = ("ui-monospace", "monospace")


class StaysHere:
    """Tells the browser with every answer that it shall ask no other server for anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


@dataclass(frozen=True)
class Server:
    """A server that listens.

    Attributes:
        address: Where, as a person types it.
        program: Answers; ends where its `should_exit` is set.
        listening: What it answers at.
    """

    address: str
    program: uvicorn.Server
    listening: socket.socket

    def run(self) -> None:
        """Answer until the end."""
        self.program.run([self.listening])


def make_server(page: gr.Blocks, port: int) -> Server:
    """Listen on this machine alone.

    Args:
        page: What is served.
        port: 0 for any that is free.

    Raises:
        AppError: The port is taken.
    """
    listening = _listen(port)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        app,
        page,
        "/",
        HOST,
        listening.getsockname()[1],
        footer_links=[],
        # It would keep what was sent and shown in the browser.
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=MOST_UPLOAD_BYTES,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        # Fonts that every system has: none is fetched.
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO_FONTS),
        css=fragments.STYLE,
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    app.add_middleware(StaysHere)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=_ENDING_S)
    return Server(f"http://{HOST}:{listening.getsockname()[1]}/", uvicorn.Server(config), listening)


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise AppError(
            _("The server cannot listen at {host}, port {port}.").format(host=HOST, port=port),
            _("Choose another with --port, or end the program that uses it."),
        ) from error
