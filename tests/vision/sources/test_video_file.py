from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources.video_file import VideoFileSource, open_video_file
from tests.vision.sources.clips import HEIGHT, WIDTH, picture, write_clip

_QUARTER_TURN = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, HEIGHT << 16, 0, 1 << 30)


def _all_frames(path: Path) -> list[Frame]:
    source = open_video_file(str(path))
    frames = list(iter(source.read, None))
    source.close()
    return frames


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mp4v"), ("a.mov", "mp4v"), ("a.avi", "MJPG"), ("a.avi", "XVID"), ("a.webm", "VP80")]
)
def test_each_container_plays_at_its_own_rate(name: str, codec: str, tmp_path: Path) -> None:
    frames = _all_frames(write_clip(tmp_path / name, codec=codec))
    assert len(frames) == 12
    # A millisecond is the finest time that webm knows.
    assert [frame.time_s for frame in frames] == pytest.approx([index / 20 for index in range(12)], abs=1e-3)
    assert frames[0].interval_s == pytest.approx(0.05)


def _boxes(data: bytearray, name: bytes) -> int:
    """Where the content of the only box `name` of an mp4 begins."""
    assert data.count(name) == 1
    return data.index(name) + 4


def test_frames_of_unequal_length_keep_their_times(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=6)
    data = bytearray(clip.read_bytes())
    # The table of sample times: from one entry 'six of equal length' to two, the last three twice as long.
    begin = _boxes(data, b"stts")
    entries, count, length = struct.unpack_from(">III", data, begin + 4)
    assert (entries, count) == (1, 6)
    grown = struct.pack(">IIIII", 2, 3, length, 3, 2 * length)
    data[begin + 4 : begin + 16] = grown
    for box in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stts"):
        at = _boxes(data, box) - 8
        struct.pack_into(">I", data, at, struct.unpack_from(">I", data, at)[0] + 8)
    clip.write_bytes(data)
    times = [frame.time_s for frame in _all_frames(clip)]
    # The file's edit list still ends the film at 0.3 s, before the last picture.
    assert times == pytest.approx([0, 0.05, 0.10, 0.15, 0.25], abs=1e-3)


def test_a_turned_phone_clip_comes_upright(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "phone.mp4")
    data = bytearray(clip.read_bytes())
    begin = _boxes(data, b"tkhd") + 40
    data[begin : begin + 36] = _QUARTER_TURN
    clip.write_bytes(data)
    first = _all_frames(clip)[0].image_bgr
    assert first.shape == (WIDTH, HEIGHT, 3)
    red_edge = first[4, HEIGHT // 2]
    assert red_edge[2] > 200
    assert red_edge[0] < 60


def test_a_clip_that_breaks_off_gives_what_is_readable(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.avi", frames=40, codec="MJPG")
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    frames = _all_frames(clip)
    assert 5 < len(frames) < 35
    assert np.abs(frames[3].image_bgr[32, 48].astype(int) - picture(3)[32, 48]).max() < 20


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"Dear diary, this is not a film.", "is not a video"),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n", "is not a video"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 200, "damaged or incomplete"),
        (b"RIFF\0\0\0\0AVI " + b"\0" * 200, "damaged or incomplete"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 200, "damaged or incomplete"),
    ],
)
def test_no_video_gets_one_sentence(
    content: bytes, message: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "holiday.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message) as caught:
        open_video_file(str(path))
    assert "holiday.mp4" in caught.value.message
    assert capfd.readouterr() == ("", ""), "the libraries' own lines must stay out of the terminal"


def test_an_unfinished_mp4_is_told(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=40)
    clip.write_bytes(clip.read_bytes()[:-900])
    with pytest.raises(SourceError, match="damaged or incomplete"):
        open_video_file(str(clip))


def test_a_folder_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        open_video_file(str(tmp_path))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 3000), junk=st.binary(min_size=1, max_size=40))
def test_damage_anywhere_never_brings_anything_but_frames_or_a_sentence(at: int, junk: bytes, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    if not clip.exists():
        write_clip(clip)
    data = bytearray(clip.read_bytes())
    at %= len(data)
    data[at : at + len(junk)] = junk
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    try:
        source = VideoFileSource(damaged)
    except SourceError:
        return
    times = [frame.time_s for frame in iter(source.read, None)]
    source.close()
    assert times == sorted(times)


@pytest.mark.media
@pytest.mark.parametrize(
    ("name", "frames", "seconds"),
    [
        ("single_face_smile.mp4", 72, 2.4),
        ("face_noface.mov", 169, 6.4),
        ("no_face.mp4", 95, 4.0),
        ("talking_woman.mp4", 200, 8.0),
    ],
)
def test_real_clips(name: str, frames: int, seconds: float, media: Path) -> None:
    read = _all_frames(media / "video" / name)
    assert len(read) == frames
    assert read[-1].time_s + read[-1].interval_s == pytest.approx(seconds, abs=0.1)
