"""The composition root of the page to try things out: log, settings, a folder that ends with it, server."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from emotion_gui.core.errors import AppError
from emotion_gui.core.log_file import start_log
from emotion_gui.core.paths import settings_file
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _, set_language
from emotion_gui.storage.settings_file import load_settings


def run(port: int) -> int:
    """Serve the page until Ctrl-C.

    Args:
        port: 0 for any that is free.

    Returns:
        The exit code: 0.

    Raises:
        AppError: The extra is not installed, or the port is taken.
    """
    if find_spec("gradio") is None:
        raise AppError(
            _("This page needs a few packages more: install them with 'pip install \"emotion-gui[gradio]\"'.")
        )
    start_log()
    set_language(_settings().language)
    with tempfile.TemporaryDirectory(prefix="emotion-gui-", ignore_cleanup_errors=True) as folder:
        be_private(Path(folder))
        _serve(port, Path(folder))
    return 0


def be_private(folder: Path) -> None:
    """Before Gradio is imported: it tells nobody that it runs, asks for no news, and has its files in here."""
    os.environ.update(
        GRADIO_ANALYTICS_ENABLED="False", GRADIO_TEMP_DIR=str(folder), HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1"
    )


def _serve(port: int, folder: Path) -> None:
    from emotion_gui.gradio_app.handlers import Handlers
    from emotion_gui.gradio_app.page import make_page
    from emotion_gui.gradio_app.server import make_server
    from emotion_gui.gradio_app.visitors import Visitors
    from emotion_gui.pipeline.isolated import IsolatedWorker
    from emotion_gui.uploads.analysis import analyse_upload
    from emotion_gui.uploads.asking import LIMIT_S, WAIT_S

    worker = IsolatedWorker(analyse_upload, limit_s=LIMIT_S, wait_s=WAIT_S)
    try:
        server = make_server(make_page(Handlers(Visitors(_settings), _settings, worker.ask, folder)), port)
        print(_("Open {address} in a browser; Ctrl-C ends the server.").format(address=server.address), flush=True)
        # The server ends by these itself and raises them once more when it is done.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _end)
        server.run()
    finally:
        worker.close()


def _end(*_: object) -> None:
    sys.exit(0)


def _settings() -> Settings:
    return load_settings(settings_file())[0]
