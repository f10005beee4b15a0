from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import STREAM, SourceSpec
from emotion_gui.vision.sources.stream import StreamSource, open_stream
from tests.mjpeg_server import MjpegServer
from tests.vision.sources.clips import picture

_FRAMES = [picture(number) for number in range(10)]


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    with MjpegServer(_FRAMES, 50) as running:
        yield running


def _read_until_lost(source: StreamSource) -> str:
    with pytest.raises(SourceError) as caught:
        for _ in range(500):
            source.read()
    return caught.value.message


def test_cut_and_back(server: MjpegServer) -> None:
    source = open_stream(server.url)
    source.read()
    server.cut()
    assert "has stopped" in _read_until_lost(source)
    with pytest.raises(SourceError, match="No pictures come"):
        open_stream(server.url)
    server.restore()
    source = open_stream(server.url)
    assert source.read().index == 0
    source.close()


def test_a_stream_that_hangs_is_given_up(server: MjpegServer) -> None:
    source = StreamSource(server.url, limit_ms=300)
    source.read()
    server.freeze()
    assert "has stopped" in _read_until_lost(source)


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_server_that_says_nothing_is_given_up(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SourceError, match="No pictures come"):
        StreamSource(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/x", limit_ms=300)


def test_login_is_used_and_never_told() -> None:
    with MjpegServer(_FRAMES, 50, login="ann:s3cret") as server:
        address = server.url.replace("//", "//ann:s3cret@") + "?token=s3cret"
        source = open_stream(address)
        source.read()
        server.cut()
        told = _read_until_lost(source)
        with pytest.raises(SourceError) as caught:
            open_stream(address)
    assert "127.0.0.1" in told
    assert "s3cret" not in told
    assert "s3cret" not in str(caught.value)


def test_a_wrong_login_is_told() -> None:
    with MjpegServer(_FRAMES, 50, login="ann:right") as server, pytest.raises(SourceError, match="No pictures come"):
        open_stream(server.url.replace("//", "//ann:wrong@"))


@pytest.mark.parametrize(
    "address",
    [
        "http://ann:s3cret@cam/video?x=http://y",
        "http://ann:s3cret@cam/video",
        "http://cam/video?user=ann&password=s3cret",
        "http://ann:p@s3cret@cam/video#s3cret",
        "http://ann:s3cret/s3cret?@cam/video",
    ],
)
def test_the_title_of_a_stream_holds_no_password(address: str) -> None:
    assert SourceSpec(STREAM, address).title == "http://cam/video"


@pytest.mark.parametrize(
    "address",
    [
        "192.168.1.5:8080",
        "ftp://cam/x",
        "file:///etc/passwd",
        "http://cam:port/",
        "http://[",
        "http://c am/",
        "x\n",
        "",
    ],
)
def test_what_is_no_address_is_told_before_anything_is_opened(address: str) -> None:
    with pytest.raises(SourceError, match="not the address of a stream"):
        open_stream(address)
