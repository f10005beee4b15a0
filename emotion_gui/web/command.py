"""The composition root of the browser's pages: log, settings, store, desk, server."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from emotion_gui.core.errors import AppError
from emotion_gui.core.log_file import start_log
from emotion_gui.core.paths import settings_file, user_data_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, DEMO, SourceSpec
from emotion_gui.core.translation import _, set_language
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import load_settings

_NEEDED = ("flask", "flask_wtf", "waitress")


@dataclass(frozen=True)
class WebRequest:
    """Where to serve.

    Attributes:
        host: Address to listen at.
        port: Port; 0 for any that is free.
        token: What others than this machine's users must know; empty for this machine alone.
    """

    host: str
    port: int
    token: str = ""


def run(request: WebRequest) -> int:
    """Serve the pages until Ctrl-C.

    Returns:
        The exit code: 0.

    Raises:
        AppError: The extra is not installed, the port is taken, or the sessions cannot be stored.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise AppError(
            _("The browser's pages need a few packages more: install them with 'pip install \"emotion-gui[web]\"'.")
        )
    start_log()
    set_language(_settings().language)
    with SessionStore(user_data_folder()) as store:
        _serve(request, store)
    return 0


def _serve(request: WebRequest, store: SessionStore) -> None:
    from emotion_gui.pipeline.isolated import IsolatedWorker
    from emotion_gui.uploads.analysis import analyse_upload
    from emotion_gui.uploads.asking import LIMIT_S, WAIT_S
    from emotion_gui.web.app import create_app
    from emotion_gui.web.guard import Access
    from emotion_gui.web.live_desk import LiveDesk
    from emotion_gui.web.parts import Parts
    from emotion_gui.web.server import make_server

    worker = IsolatedWorker(analyse_upload, limit_s=LIMIT_S, wait_s=WAIT_S)
    desk = LiveDesk(store, _settings, settings_file())
    try:
        parts = Parts(store, desk, _settings, worker.ask, _sources, network=bool(request.token))
        access = Access(request.token, f"emotion-gui-{request.port}", request.host)
        app = create_app(parts, access)
        server = make_server(app, request.host, request.port)
        print(_("Open {address} in a browser; Ctrl-C ends the server.").format(address=server.address), flush=True)
        _end_with(desk.stop)
        server.run()
    finally:
        desk.close()
        worker.close()


def _end_with(stop: Callable[[], None]) -> None:
    """At Ctrl-C, or what a service manager says in its place, end the session first: viewers wait for its pictures."""

    def end(*_: object) -> None:
        stop()
        sys.exit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _settings() -> Settings:
    return load_settings(settings_file())[0]


def _sources() -> tuple[tuple[SourceSpec, str], ...]:
    """This machine's cameras and the demo; none is opened."""
    from emotion_gui.vision.sources.camera_list import list_cameras
    from emotion_gui.web.live_pages import offered_source

    cameras = [offered_source(SourceSpec(CAMERA, str(each.index)), each.name) for each in list_cameras()]
    return (*cameras, offered_source(SourceSpec(DEMO)))
