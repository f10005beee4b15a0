"""What the pages for a browser bear: many viewers of one picture, and many photos in a row."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import mean

import cv2

from emotion_gui.bench.portrait import portrait_frame
from emotion_gui.bench.table import SkippedError
from emotion_gui.bench.web_site import Visitor, memory_mb, pictures_until, running_site

_VIEWERS = 8
_SECONDS, _QUICK_SECONDS = 12.0, 3.0
# The clip is twenty seconds long.
_WARM_UP_S = 2.0
_UPLOADS, _QUICK_UPLOADS = 1000, 10
_WARM_UP_UPLOADS, _QUICK_WARM_UP_UPLOADS = 50, 3


def measure_viewers(*, quick: bool) -> dict[str, float]:
    """Play the demo to eight browsers and count what each gets, one thread for each, on the same machine.

    Returns:
        Pictures a second: `slowest_fps` of the one that got least, and `mean_fps`.

    Raises:
        SkippedError: The pages are not installed, or the demo did not start.
    """
    seconds = _QUICK_SECONDS if quick else _SECONDS
    with running_site() as (port, _process):
        starter = Visitor(port)
        wish = starter.fields("/live") | {"source": "demo:", "purpose": "practice"}
        if starter.post("/live/ask", wish) != 302:
            raise SkippedError("The demo did not start.")
        with ThreadPoolExecutor(_VIEWERS) as pool:
            rates = list(pool.map(lambda _number: _rate_of(port, seconds), range(_VIEWERS)))
        starter.close()
    if not min(rates):
        raise SkippedError("A browser got no picture.")
    return {"slowest_fps": min(rates), "mean_fps": mean(rates)}


def _rate_of(port: int, seconds: float) -> float:
    visitor = Visitor(port)
    stream = visitor.get("/live/picture")
    pictures_until(stream, time.monotonic() + _WARM_UP_S)
    began = time.monotonic()
    count = pictures_until(stream, began + seconds)
    rate = count / (time.monotonic() - began)
    # The connection is in the middle of an answer that never ends.
    stream.close()
    visitor.close()
    return rate


def measure_uploads(*, quick: bool) -> dict[str, float]:
    """Upload a photo with one face again and again, and read the memory of all processes before and after.

    Returns:
        `uploads`, `per_s`, `start_mb`, `end_mb` and `growth`, the last over the first.

    Raises:
        SkippedError: The pages are not installed, a photo was not answered, or the system tells no memory.
    """
    uploads = _QUICK_UPLOADS if quick else _UPLOADS
    content = cv2.imencode(".jpg", portrait_frame())[1].tobytes()
    with running_site() as (port, process):
        visitor = Visitor(port)
        fields = visitor.fields("/upload")
        _upload(visitor, fields, content, _QUICK_WARM_UP_UPLOADS if quick else _WARM_UP_UPLOADS)
        start_mb, began = memory_mb(process), time.monotonic()
        _upload(visitor, fields, content, uploads)
        seconds, end_mb = time.monotonic() - began, memory_mb(process)
        visitor.close()
    return {
        "uploads": uploads,
        "per_s": uploads / seconds,
        "start_mb": start_mb,
        "end_mb": end_mb,
        "growth": end_mb / start_mb,
    }


def _upload(visitor: Visitor, fields: dict[str, str], content: bytes, times: int) -> None:
    for _ in range(times):
        status = visitor.upload("/upload", fields, content)
        if status != 200:
            raise SkippedError(f"A photo was answered with {status}.")
