"""The pages for a browser as a process of their own, and what a browser asks of them; traffic stays on this machine."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

from emotion_gui.bench.program import environment_in, program
from emotion_gui.bench.table import SkippedError

_TIMEOUT_S = 60.0
_FIELD = re.compile(r'<input type="(?:hidden|checkbox)"(?: id="[^"]*")? name="([^"]+)" value="([^"]*)"')


class Visitor:
    """One browser: its connection and its cookie."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
        self._cookie = ""

    def get(self, path: str) -> HTTPResponse:
        """Ask for a page; whoever calls reads it."""
        return self._ask("GET", path, b"", {})

    def fields(self, path: str) -> dict[str, str]:
        """What a page's form sends by itself, as if all its boxes were ticked."""
        return dict(_FIELD.findall(self.get(path).read().decode()))

    def post(self, path: str, fields: Mapping[str, str]) -> int:
        """Send a form; returns the status."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._ask("POST", path, urlencode(fields).encode(), kind)
        answer.read()
        return answer.status

    def upload(self, path: str, fields: Mapping[str, str], content: bytes) -> int:
        """Send a form with a file; returns the status."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        answer = self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        answer.read()
        return answer.status

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HTTPResponse:
        self._connection.request(method, path, body or None, {"Cookie": self._cookie, **headers})
        answer = self._connection.getresponse()
        if given := answer.getheader("Set-Cookie"):
            self._cookie = given.partition(";")[0]
        return answer


@contextmanager
def running_site() -> Iterator[tuple[int, int]]:
    """The pages at a free port, with empty user folders: the port and the process.

    Raises:
        SkippedError: The extra is not installed, or the server did not start.
    """
    if find_spec("waitress") is None:
        raise SkippedError("The extra 'web' is not installed.")
    with tempfile.TemporaryDirectory() as folder:
        command = [*program(), "web", "--port", "0"]
        environment = environment_in(Path(folder)) | {"PYTHONUNBUFFERED": "1"}
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            said = server.stdout.readline() if server.stdout else ""
            port = re.search(r":(\d+)/", said)
            if port is None:
                raise SkippedError("The server did not start.")
            yield int(port[1]), server.pid
        finally:
            server.terminate()
            server.wait()


def pictures_until(stream: HTTPResponse, end: float) -> int:
    """How many pictures come until a moment of `time.monotonic`."""
    count = 0
    while time.monotonic() < end and (line := stream.readline()):
        if line.startswith(b"Content-Length:"):
            stream.read(int(line.split(b":")[1]) + len(b"\r\n\r\n"))
            count += 1
    return count


def memory_mb(process: int) -> float:
    """Resident memory of a process and all that it started, in MB (10^6 bytes).

    Raises:
        SkippedError: The system does not tell it.
    """
    try:
        statuses = [path.read_text(encoding="utf-8") for path in Path("/proc").glob("[0-9]*/status") if path.is_file()]
    except OSError as error:
        raise SkippedError("A process ended while its memory was read.") from error
    if not statuses:
        raise SkippedError("Only Linux tells a process's memory without a further library.")
    known = {int(_value(text, "Pid")): (int(_value(text, "PPid")), int(_value(text, "VmRSS"))) for text in statuses}
    family = {process}
    while more := {pid for pid, (parent, _kb) in known.items() if parent in family} - family:
        family |= more
    return sum(known[pid][1] for pid in family) * 1024 / 1e6


def _value(status: str, name: str) -> str:
    # A kernel's own thread has no memory.
    found = re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)
    return found[1] if found else "0"
