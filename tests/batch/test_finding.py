"""Which recordings are meant, and what their reports are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.batch.finding import find_recordings
from emotion_gui.batch.plan import Recording
from emotion_gui.core.source_spec import FILE, IMAGES
from emotion_gui.export import EXPORTERS

OUT = Path("out")


def touched(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"12345")


def places(recordings: tuple[Recording, ...]) -> list[str]:
    return [(recording.folder / recording.stem).as_posix() for recording in recordings]


def test_a_folder_stands_for_its_videos_and_keeps_its_structure(tmp_path: Path) -> None:
    touched(tmp_path, "talk10.mp4", "talk2.MOV", "May/a.mkv", "notes.txt", "face.png", "._talk2.MOV")
    found = find_recordings([str(tmp_path)], OUT)
    assert places(found) == ["out/May/a", "out/talk2", "out/talk10"]
    assert {recording.source.kind for recording in found} == {FILE}
    assert [recording.bytes for recording in found] == [5, 5, 5]


def test_a_folder_without_videos_is_made_of_images(tmp_path: Path) -> None:
    touched(tmp_path, "faces/a.png", "faces/b.png")
    (found,) = find_recordings([str(tmp_path / "faces")], OUT)
    assert found.source.kind == IMAGES
    assert (found.stem, found.bytes) == ("faces", 10)


def test_a_pattern_is_spelled_out_and_takes_recordings_alone(tmp_path: Path) -> None:
    touched(tmp_path, "a.mp4", "deep/er/b.webm", "deep/notes.txt", "deep/c.jpg")
    assert places(find_recordings([str(tmp_path / "**" / "*")], OUT)) == ["out/a", "out/c", "out/b"]
    assert find_recordings([str(tmp_path / "*.avi")], OUT) == ()


def test_a_name_that_exists_is_no_pattern(tmp_path: Path) -> None:
    touched(tmp_path, "talk[1].mp4", "talk1.mp4")
    assert places(find_recordings([str(tmp_path / "talk[1].mp4")], OUT)) == ["out/talk[1]"]


def test_each_recording_is_taken_once(tmp_path: Path) -> None:
    touched(tmp_path, "a.mp4", "b.mp4")
    names = [str(tmp_path / "b.mp4"), str(tmp_path), str(tmp_path / "*.mp4")]
    assert places(find_recordings(names, OUT)) == ["out/b", "out/a"]


def test_a_missing_file_is_left_to_fail_by_itself(tmp_path: Path) -> None:
    (found,) = find_recordings([str(tmp_path / "gone.mp4")], OUT)
    assert (found.stem, found.bytes) == ("gone", 0)


@pytest.mark.parametrize(
    ("names", "stems"),
    [
        (("x/talk.mp4", "y/talk.mp4"), ["talk", "talk.mp4"]),
        (("x/talk.mp4", "x/TALK.mov"), ["talk", "TALK.mov"]),
        (("x/talk.mp4", "y/talk.mp4", "z/talk.mp4"), ["talk", "talk.mp4", "z-talk.mp4"]),
        (("talk.mp4", "talk_summary.mp4"), ["talk", "talk_summary.mp4"]),
        (
            ("x/talk.mp4", "y/talk.mp4", "a/x/talk.mp4", "b/x/talk.mp4"),
            ["talk", "talk.mp4", "x-talk.mp4", "talk.mp4-2"],
        ),
    ],
)
def test_no_report_takes_anothers_place(names: tuple[str, ...], stems: list[str], tmp_path: Path) -> None:
    touched(tmp_path, *names)
    found = find_recordings([str(tmp_path / name) for name in names], OUT)
    assert [recording.stem for recording in found] == stems
    paths = [str(path).lower() for recording in found for path in recording.targets(tuple(EXPORTERS)).values()]
    assert len(set(paths)) == len(paths)
