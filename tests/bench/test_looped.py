"""A clip that is played again and again is one recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.bench.looped import LoopedSource, scaled_clip, size_of
from emotion_gui.vision.sources.video_file import VideoFileSource
from tests.vision.sources.clips import write_clip


def test_frames_and_times_go_on_over_the_seams(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    source = LoopedSource(clip, 2.0)
    frames = list(iter(source.read, None))
    assert source.frame_count == len(frames) == 40
    assert [frame.index for frame in frames] == list(range(40))
    assert [frame.time_s for frame in frames] == pytest.approx([index / 20 for index in range(40)], abs=1e-3)
    assert (frames[13].image_bgr == frames[1].image_bgr).all()
    source.close()


def test_a_clip_is_written_at_another_size(tmp_path: Path) -> None:
    scaled = VideoFileSource(scaled_clip(write_clip(tmp_path / "clip.mp4"), tmp_path / "scaled.mp4", (64, 96)))
    assert {frame.image_bgr.shape for frame in iter(scaled.read, None)} == {(96, 64, 3)}
    assert scaled.frame_count == 12
    assert size_of(tmp_path / "scaled.mp4") == (64, 96)
