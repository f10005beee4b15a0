"""The HTTP server: waitress with limits that fit pictures which never end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress.server import create_server

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES

# The viewers of the live page hold a thread each; the rest is for everybody's other pages.
_THREADS, _CONNECTIONS = 28, 100
_IDLE_S = 60
# A slow viewer's thread waits when so much is not sent yet, and then goes on with the newest picture.
_UNSENT_BYTES = 256 * 1024


@dataclass(frozen=True)
class Server:
    """A server that listens.

    Attributes:
        address: Where, as a person types it.
        run: Answers until Ctrl-C.
        close: Ends it, from another thread.
    """

    address: str
    run: Callable[[], None]
    close: Callable[[], None]


def make_server(app: Flask, host: str, port: int) -> Server:
    """Listen at an address.

    Raises:
        AppError: It cannot be listened at.
    """
    try:
        server: Any = create_server(
            app,
            host=host,
            port=port,
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_IDLE_S,
            outbuf_high_watermark=_UNSENT_BYTES,
            # Flask refuses what is larger than its own limit, in a sentence; this is for what lies about its length.
            max_request_body_size=2 * MOST_UPLOAD_BYTES,
            ident="emotion-gui",
        )
    except (OSError, ValueError) as error:
        raise AppError(
            _("The server cannot listen at {host}, port {port}.").format(host=host, port=port),
            _("Choose another with --port, or end the program that uses it."),
        ) from error
    shown = f"[{host}]" if ":" in host else host
    # A name that stands for several addresses has a socket for each, all with the same port.
    listens = getattr(server, "effective_listen", None) or [(host, server.effective_port)]
    return Server(f"http://{shown}:{listens[0][1]}/", server.run, server.close)
