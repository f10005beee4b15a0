"""A camera on the loopback: serves pictures as MJPEG over HTTP in real time, and can be cut off and brought back."""

from __future__ import annotations

import base64
import itertools
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

_BOUNDARY = "frame"


class MjpegServer:
    """Serves `frames` in a loop at `fps` on 127.0.0.1, the same picture at the same moment to every client.

    Args:
        frames: uint8 [height, width, 3] BGR pictures, all of one size.
        fps: Pictures per second.
        login: 'user:password' that a client must send (HTTP Basic); empty for none.

    Attributes:
        url: Address of the stream; the port stays the same over `cut` and `restore`.
        visits: How often somebody began to watch.
    """

    def __init__(self, frames: Sequence[NDArray[np.uint8]], fps: float, *, login: str = "") -> None:
        self.fps = fps
        self.login = login
        self.visits = 0
        self._jpegs = [_encode(frame) for frame in frames]
        self._begin_s = 0.0
        self._frozen = threading.Event()
        self._clients: set[socket.socket] = set()
        self._http: ThreadingHTTPServer | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/stream.mjpg"

    @property
    def watched(self) -> bool:
        """Whether somebody is watching."""
        return bool(self._clients)

    def due_s(self, number: int) -> float:
        """`time.monotonic()` at which picture `number` is sent; numbers go on counting over each loop."""
        return self._begin_s + number / self.fps

    def cut(self) -> None:
        """Drop every client and refuse new ones, like a camera whose plug was pulled."""
        if self._http is None:
            return
        self._http.shutdown()
        self._http.server_close()
        self._http = None
        for client in list(self._clients):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def restore(self) -> None:
        """Come back on the same port."""
        self._frozen.clear()
        self._http = _server_on(self._port, self)
        self._port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def freeze(self) -> None:
        """Keep the connections but send nothing more until `restore` or `cut`, like a camera that hangs."""
        self._frozen.set()

    def serve(self, client: socket.socket) -> None:
        """Send pictures until the client or the server goes away."""
        self._clients.add(client)
        self.visits += 1
        try:
            first = int((time.monotonic() - self._begin_s) * self.fps) + 1
            for number in itertools.count(first):
                time.sleep(max(0.0, self.due_s(number) - time.monotonic()))
                if not self._frozen.is_set():
                    client.sendall(_part(self._jpegs[number % len(self._jpegs)]))
        except OSError:
            return  # The client left, or `cut` was called.
        finally:
            self._clients.discard(client)

    def __enter__(self) -> Self:
        self._begin_s = time.monotonic()
        self.restore()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()


def _encode(frame: NDArray[np.uint8]) -> bytes:
    done, jpeg = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 90])
    assert done
    return jpeg.tobytes()


def _part(jpeg: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode("ascii") + jpeg + b"\r\n"


def _server_on(port: int, owner: MjpegServer) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if owner.login and self.headers.get("Authorization") != _basic(owner.login):
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                self.end_headers()
                return
            if not self.path.startswith("/stream.mjpg"):
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
            self.end_headers()
            self.wfile.flush()
            owner.serve(self.connection)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Say nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    # server_close would wait for the handlers, which only end when their clients are dropped.
    server.block_on_close = False
    return server


def _basic(login: str) -> str:
    return "Basic " + base64.b64encode(login.encode("utf-8")).decode("ascii")


def frames_of_clip(path: Path, limit: int = 300) -> list[NDArray[np.uint8]]:
    """The first pictures of a real clip, uint8 [height, width, 3] BGR, for `MjpegServer`."""
    capture = cv2.VideoCapture(str(path))
    try:
        pictures = itertools.takewhile(lambda answer: answer[0], (capture.read() for _ in range(limit)))
        return [np.asarray(picture, dtype=np.uint8) for _, picture in pictures]
    finally:
        capture.release()
