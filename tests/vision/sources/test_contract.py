"""What every entry of VIDEO_SOURCES promises to the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from emotion_gui.core import source_spec
from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import VIDEO_SOURCES, VideoSource, camera, demo, open_source
from tests.mjpeg_server import MjpegServer
from tests.vision.sources.clips import picture, write_clip
from tests.vision.sources.fake_capture import FakeCapture

_LIVE = {source_spec.CAMERA, source_spec.STREAM}


def _photos(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), picture(number))
    return folder


@pytest.fixture(params=sorted(VIDEO_SOURCES))
def spec(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceSpec]:
    """A small sample of every kind of source; a new table entry fails here until it has one."""
    clip = write_clip(tmp_path / demo.DEMO_CLIP)
    monkeypatch.setattr(demo, "assets_folder", lambda: tmp_path)
    monkeypatch.setattr(camera, "create_capture", lambda *_: FakeCapture(30))
    with MjpegServer([picture(number) for number in range(10)], 50) as server:
        address = {
            source_spec.CAMERA: "0",
            source_spec.FILE: str(clip),
            source_spec.IMAGES: str(_photos(tmp_path / "photos")),
            source_spec.STREAM: server.url,
            source_spec.DEMO: "",
        }[request.param]
        yield SourceSpec(request.param, address)


def _frames(source: VideoSource) -> list[Frame]:
    return list(islice(iter(source.read, None), 15))


def test_frames_are_bgr_bytes_and_in_order(spec: SourceSpec) -> None:
    source = open_source(spec)
    frames = _frames(source)
    source.close()
    assert len(frames) >= 3
    assert [frame.index for frame in frames] == list(range(len(frames)))
    times = [frame.time_s for frame in frames]
    assert times == sorted(times)
    assert times[0] >= 0
    for frame in frames:
        assert frame.image_bgr.dtype == np.uint8
        assert frame.image_bgr.shape == picture(0).shape
        assert 0 < frame.interval_s <= 1
        blue, _, red = frame.image_bgr[32, 6]
        assert red > 200
        assert blue < 60


def test_live_or_with_an_end(spec: SourceSpec) -> None:
    source = open_source(spec)
    assert source.live == (spec.kind in _LIVE)
    if not source.live:
        frames = _frames(source)
        assert source.read() is None
        assert source.read() is None
        assert source.frame_count == len(frames)
    source.close()


def test_close_twice(spec: SourceSpec) -> None:
    source = open_source(spec)
    source.read()
    source.close()
    source.close()


def test_opened_again_it_begins_again(spec: SourceSpec) -> None:
    for _ in range(2):
        source = open_source(spec)
        assert source.read() is not None
        source.close()


@pytest.mark.parametrize("address", ["", "nowhere", "\0", "../..", "99", "http://", "file:///etc/hosts", "🎥"])
@pytest.mark.parametrize("kind", sorted(set(VIDEO_SOURCES) - {source_spec.DEMO}))
def test_a_wrong_address_gets_two_sentences(
    kind: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError) as caught:
        open_source(SourceSpec(kind, address))
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


def test_the_demo_clip_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "assets_folder", lambda: tmp_path)
    with pytest.raises(SourceError, match="demo clip is missing"):
        open_source(SourceSpec(source_spec.DEMO))
