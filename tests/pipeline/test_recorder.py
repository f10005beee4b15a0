"""The recorder's thread: what it takes, what it leaves behind, and what it says when the disk will not have it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.pipeline.picture_file import save_snapshot
from emotion_gui.pipeline.recorder import CROPS, Recorder, crop_name
from emotion_gui.pipeline.video_roll import LEAST_FREE_BYTES
from emotion_gui.pipeline.video_segments import list_segments
from tests.builders import make_face
from tests.pipeline.shots import number_of, pictures_of, shot_of
from tests.waiting import wait_for

_CHECKOUT = Path(__file__).parents[2]
CROP = np.full((48, 48), 90, np.uint8)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Recorder]]:
    made: list[Recorder] = []

    def make_one(folder: Path = tmp_path / "files", **options: Any) -> Recorder:
        made.append(Recorder(folder, frames_per_s=10, **options))
        return made[-1]

    yield make_one
    for recorder in made:
        recorder.close()


def offer_each(recorder: Recorder, numbers: range) -> None:
    """Offer the pictures of these numbers, each after the one before was written."""
    for number in numbers:
        written_s = recorder.seconds
        recorder.offer(shot_of(number), number / 10)
        wait_for(lambda: recorder.seconds > written_s, f"picture {number}")  # noqa: B023 - waited for at once


def test_records_between_on_and_off_and_nothing_else(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    recorder = make()
    recorder.offer(shot_of(1), 0.1)
    recorder.film(True)
    offer_each(recorder, range(2, 6))
    recorder.film(False)
    recorder.offer(shot_of(6), 0.6)
    wait_for(lambda: list_segments(tmp_path / "files"), "the finished file")
    recorder.film(True)
    offer_each(recorder, range(7, 9))
    recorder.close()
    files = list_segments(tmp_path / "files")
    assert [(each.begin_s, each.frames) for each in files] == [(0.2, 4), (0.7, 2)]
    assert [number_of(picture) for picture in pictures_of(tmp_path / "files" / files[1].file)] == [7, 8]
    assert recorder.seconds == pytest.approx(0.6)
    assert not recorder.troubles()


def test_a_recorder_that_keeps_nothing_leaves_no_folder(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    make().close()
    assert not (tmp_path / "files").exists()


def test_crops_are_kept_as_they_are_under_their_time(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    recorder = make()
    recorder.keep_crop(CROP, 12.3456)
    recorder.close()
    kept = tmp_path / "files" / CROPS / "0000012346.png"
    assert kept.name == crop_name(12.3456)
    read = cv2.imread(str(kept), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert np.array_equal(read, CROP)


def test_a_disk_without_room_ends_video_and_crops_in_words(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    free = [10 * LEAST_FREE_BYTES]
    recorder = make(free_bytes=lambda _: free[0])
    recorder.film(True)
    offer_each(recorder, range(19))
    free[0] = 1024**2
    recorder.offer(shot_of(25), 2.5)
    wait_for(lambda: not recorder.films, "the end of the recording")
    recorder.keep_crop(CROP, 3.0)
    recorder.keep_crop(CROP, 4.0)
    recorder.close()
    told = [(trouble.video, trouble.error.message) for trouble in recorder.troubles()]
    assert told == [(True, "Only 1 MB are left on the disk."), (False, "Only 1 MB are left on the disk.")]
    (segment,) = list_segments(tmp_path / "files")
    assert len(pictures_of(tmp_path / "files" / segment.file)) == segment.frames
    assert not list((tmp_path / "files" / CROPS).iterdir())


def test_records_again_when_there_is_room_again(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    free = [0]
    recorder = make(free_bytes=lambda _: free[0])
    recorder.film(True)
    recorder.offer(shot_of(1), 0.1)
    wait_for(lambda: not recorder.films, "the refusal")
    free[0] = 10 * LEAST_FREE_BYTES
    recorder.film(True)
    offer_each(recorder, range(2, 4))
    recorder.close()
    assert [each.frames for each in list_segments(tmp_path / "files")] == [2]


def test_a_folder_that_cannot_be_written_is_said_once_each(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    (tmp_path / "blocked").touch()
    recorder = make(tmp_path / "blocked")
    recorder.film(True)
    for number in range(3):
        recorder.offer(shot_of(number), number / 10)
        recorder.keep_crop(CROP, number)
    wait_for(lambda: not recorder.films, "the end of the recording")
    recorder.close()
    told = recorder.troubles()
    assert sorted(trouble.video for trouble in told) == [False, True]
    assert {trouble.error.message for trouble in told} == {"The session's folder cannot be written."}


def test_what_nobody_foresaw_is_told_too(make: Callable[..., Recorder]) -> None:
    def fail(_: Path) -> int:
        raise ValueError("no such figure")

    recorder = make(free_bytes=fail)
    recorder.film(True)
    recorder.offer(shot_of(1), 0.1)
    wait_for(lambda: not recorder.films, "the end of the recording")
    (trouble,) = recorder.troubles()
    assert "ValueError" in trouble.error.message


def test_a_killed_recording_leaves_every_finished_file_playable(tmp_path: Path, make: Callable[..., Recorder]) -> None:
    folder = tmp_path / "files"
    command = [sys.executable, "-m", "tests.pipeline.recording_process", str(folder)]
    process = subprocess.Popen(command, cwd=_CHECKOUT)
    try:
        wait_for(lambda: len(list_segments(folder)) >= 2 and list(folder.glob("*.unfinished.mp4")), "two files")
    finally:
        process.kill()
        process.wait()
    files = list_segments(folder)
    assert len(files) >= 2
    assert {path.name for path in folder.glob("video-????.mp4")} >= {each.file for each in files}
    for each in files:
        pictures = pictures_of(folder / each.file)
        assert len(pictures) == each.frames == 20
        assert number_of(pictures[0]) == round(each.begin_s * 20) % 20
    # What was cut off is not taken for a file, and does not hinder the next recording.
    recorder = make(folder)
    recorder.film(True)
    offer_each(recorder, range(9000, 9002))
    recorder.close()
    assert list_segments(folder)[-1].begin_s == pytest.approx(900.0)


def test_a_snapshot_has_the_sources_size_and_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "シナリオ" / "ملف.png"
    save_snapshot(path, shot_of(1, (640, 480), (make_face(Emotion.HAPPY),)))
    picture = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (480, 640, 3)
    assert picture.std() > 5
