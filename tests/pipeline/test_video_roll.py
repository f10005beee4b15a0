"""The recorded video, read back: its pictures stand at their session time, whatever came in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.pipeline.video_roll import LEAST_FREE_BYTES, VideoRoll
from emotion_gui.pipeline.video_segments import INDEX, Segment, list_segments, note_segment, recorded_picture
from emotion_gui.vision.annotate import AnnotationStyle
from tests.builders import make_face
from tests.pipeline.shots import number_of, pictures_of, shot_of

PLENTY = 10 * LEAST_FREE_BYTES


def roll_in(folder: Path, rate: float = 10.0, segment_s: float = 60.0) -> VideoRoll:
    return VideoRoll(folder, frames_per_s=rate, segment_s=segment_s, free_bytes=lambda _: PLENTY)


def numbers_in(folder: Path) -> list[list[int]]:
    return [[number_of(picture) for picture in pictures_of(folder / each.file)] for each in list_segments(folder)]


def test_a_fast_source_is_thinned_out_to_the_videos_rate(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    for number in range(18):
        roll.show(shot_of(number), 5.0 + number / 30)
    roll.cut()
    assert numbers_in(tmp_path) == [[0, 3, 6, 9, 12, 15]]
    assert list_segments(tmp_path) == (Segment("video-0001.mp4", 5.0, 6, 10.0),)
    assert roll.seconds == pytest.approx(0.6)


def test_a_slow_source_is_repeated_so_that_video_time_stays_session_time(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    for number, time_s in enumerate((0.0, 0.4, 0.5, 1.2)):
        roll.show(shot_of(number), time_s)
    roll.cut()
    assert numbers_in(tmp_path) == [[0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 3]]


def test_a_gap_begins_a_new_file_at_its_own_session_time(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    for number, time_s in enumerate((0.0, 0.1, 30.0, 30.1)):
        roll.show(shot_of(number), time_s)
    roll.cut()
    assert [(each.begin_s, each.frames) for each in list_segments(tmp_path)] == [(0.0, 2), (30.0, 2)]
    assert recorded_picture(tmp_path, 15.0) is None
    picture = recorded_picture(tmp_path, 30.1)
    assert picture is not None
    assert number_of(picture) == 3


def test_time_that_runs_backwards_writes_nothing(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    for number, time_s in enumerate((1.0, 0.2, 1.0, 1.1)):
        roll.show(shot_of(number), time_s)
    roll.cut()
    assert numbers_in(tmp_path) == [[0, 3]]


def test_long_recordings_go_on_in_a_new_file_without_a_gap(tmp_path: Path) -> None:
    roll = roll_in(tmp_path, segment_s=0.5)
    for number in range(12):
        roll.show(shot_of(number), number / 10)
    roll.cut()
    assert numbers_in(tmp_path) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11]]
    for number in range(12):
        picture = recorded_picture(tmp_path, number / 10)
        assert picture is not None
        assert number_of(picture) == number


def test_a_source_that_changes_its_size_keeps_the_videos(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    roll.show(shot_of(1, (64, 48)), 0.0)
    roll.show(shot_of(1, (300, 100)), 0.1)
    roll.cut()
    wide = pictures_of(tmp_path / "video-0001.mp4")[1]
    assert wide.shape == (48, 64, 3)
    assert (round(wide[2].mean()), round(wide[24].mean())) == (pytest.approx(0, abs=4), pytest.approx(20, abs=4))


@pytest.mark.parametrize(
    ("source", "video"), [((1920, 1080), (640, 360)), ((3, 5), (16, 16)), ((481, 641), (360, 480))]
)
def test_its_size_suits_the_codec(tmp_path: Path, source: tuple[int, int], video: tuple[int, int]) -> None:
    roll = roll_in(tmp_path)
    roll.show(shot_of(1, source), 0.0)
    roll.cut()
    (picture,) = pictures_of(tmp_path / "video-0001.mp4")
    assert picture.shape[:2][::-1] == video


def test_faces_are_marked_although_the_screen_shows_no_marks(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    shot = shot_of(1, (640, 480), (make_face(Emotion.HAPPY),))
    roll.show(replace(shot, style=AnnotationStyle(show_boxes=False)), 0.0)
    roll.cut()
    (picture,) = pictures_of(tmp_path / "video-0001.mp4")
    assert picture.std() > 5


def test_recording_again_leaves_what_is_there(tmp_path: Path) -> None:
    for begin_s in (0.0, 100.0):
        roll = roll_in(tmp_path)
        roll.show(shot_of(1), begin_s)
        roll.cut()
    assert [each.file for each in list_segments(tmp_path)] == ["video-0001.mp4", "video-0002.mp4"]


def test_a_disk_that_fills_up_ends_the_file_and_keeps_it(tmp_path: Path) -> None:
    free = [PLENTY]
    roll = VideoRoll(tmp_path, frames_per_s=10, segment_s=60, free_bytes=lambda _: free[0])
    roll.show(shot_of(1), 0.0)
    free[0] = 400 * 1024**2
    with pytest.raises(StorageError, match=r"Only 400 MB are left on the disk\. Free some space"):
        for number in range(1, 30):
            roll.show(shot_of(number), number / 10)
    (segment,) = list_segments(tmp_path)
    assert len(pictures_of(tmp_path / segment.file)) == segment.frames == 20


def test_nothing_is_begun_on_a_full_disk(tmp_path: Path) -> None:
    roll = VideoRoll(tmp_path, frames_per_s=10, segment_s=60, free_bytes=lambda _: 0)
    with pytest.raises(StorageError, match="Only 0 MB"):
        roll.show(shot_of(1), 0.0)
    assert not list(tmp_path.iterdir())


def test_a_file_that_the_disk_did_not_take_is_said_and_removed(tmp_path: Path) -> None:
    roll = roll_in(tmp_path)
    roll.show(shot_of(1), 0.0)
    unfinished = next(tmp_path.glob("video-0001*"))
    unfinished.unlink()
    with pytest.raises(StorageError, match="could not be written"):
        roll.cut()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        roll_in(tmp_path / "file" / "folder").show(shot_of(1), 0.0)


def test_a_list_that_was_cut_off_or_changed_by_hand_gives_what_can_be_trusted(tmp_path: Path) -> None:
    (tmp_path / "video-0001.mp4").touch()
    good = Segment("video-0001.mp4", 1.5, 20, 12.0)
    note_segment(tmp_path, good)
    for bad in ("../../x.mp4,0,5,12.0", "video-0001.mp4,0,-1,12.0", "gone.mp4,0,5,12.0", "video-0001.mp4,1", "x"):
        with (tmp_path / INDEX).open("a", encoding="utf-8", newline="") as file:
            file.write(f"{bad}\r\n")
    assert list_segments(tmp_path) == (good,)
    assert list_segments(tmp_path / "nowhere") == ()


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(st.floats(0.001, 0.6), min_size=1, max_size=19), rate=st.sampled_from([7.0, 12.0, 15.0]))
def test_every_moment_has_the_picture_that_was_newest_within_one_frame(
    tmp_path_factory: pytest.TempPathFactory, steps: list[float], rate: float
) -> None:
    folder = tmp_path_factory.mktemp("roll")
    roll, times = roll_in(folder, rate, segment_s=1.0), [3.0 + sum(steps[: n + 1]) for n in range(len(steps))]
    for number, time_s in enumerate(times):
        roll.show(shot_of(number), time_s)
    roll.cut()
    segments = list_segments(folder)
    assert segments[0].begin_s == pytest.approx(times[0])
    assert times[-1] - 1e-6 <= segments[-1].end_s <= times[-1] + 1 / rate + 1e-6
    for segment in segments:
        for frame, picture in enumerate(pictures_of(folder / segment.file)):
            at_s, number = segment.begin_s + frame / rate, number_of(picture)
            assert times[number] <= at_s + 1 / rate + 1e-6
            assert number + 1 == len(times) or times[number + 1] > at_s - 1e-6
