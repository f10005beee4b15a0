"""Who is taken for whom: the counts themselves, and what the tracker reaches on real people."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from emotion_gui.__main__ import main
from emotion_gui.bench.people_bench import OURS, PLAIN, Tally, compare_trackers, people_table
from emotion_gui.bench.people_truth import places_at, read_points
from emotion_gui.core.errors import AppError
from tests.vision.portraits import portrait

_TABLE = Path(__file__).parents[1] / "data" / "people_expected.csv"


def _tally(*pairs: tuple[str, int]) -> Tally:
    tally = Tally()
    for person, number in pairs:
        tally.add(person, number)
    return tally


def test_a_number_that_goes_to_another_person_is_a_switch() -> None:
    tally = _tally(("a", 1), ("b", 2), ("a", 2), ("b", 1), ("a", 2))
    assert (tally.switches, tally.fragments, tally.sightings) == (2, 0, 5)


def test_a_new_number_for_somebody_who_had_one_is_a_fragment() -> None:
    tally = _tally(("a", 1), ("b", 2), ("a", 1), ("a", 3), ("a", 3))
    assert (tally.switches, tally.fragments) == (0, 1)


def test_between_two_points_a_face_moves_in_a_straight_line(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    lines = ["clip.mp4,a,1.0,0.2,0.4", "clip.mp4,a,2.0,0.4,0.8", "clip.mp4,a,9.0,0.5,0.5"]
    table.write_text("\n".join(["file,person,time_s,x,y", *lines]), encoding="utf-8")
    points = read_points(table)["clip.mp4"]
    assert places_at(points, 1.5)["a"] == pytest.approx((0.3, 0.6))
    # Nobody looked in between, before or afterwards.
    assert [places_at(points, time_s) for time_s in (0.5, 5.0, 9.5)] == [{}, {}, {}]


@pytest.mark.parametrize(
    "content",
    [b"file,person,time_s,x\nclip.mp4,a,1,2", b"file,person,time_s,x,y\nclip.mp4,a,one,0,0", b"\xff\xfe\x00x"],
)
def test_a_table_that_makes_no_sense_is_refused(tmp_path: Path, content: bytes) -> None:
    table = tmp_path / "people.csv"
    table.write_bytes(content)
    with pytest.raises(AppError):
        read_points(table)


def test_a_table_that_is_not_there_is_told_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"no table .*people\.csv.*columns file, person, time_s, x, y.*--who"):
        read_points(tmp_path / "people.csv")


def test_a_folder_without_people_is_refused(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((120, 160, 3), 140, np.uint8))
    with pytest.raises(AppError):
        compare_trackers(tmp_path)


def test_two_portraits_cross_leave_and_return(tmp_path: Path) -> None:
    # The same face twice, in other colours.
    other = np.roll(portrait(), 1, axis=2)
    cv2.imwrite(str(tmp_path / "two.png"), np.hstack([portrait(), np.asarray(cv2.flip(other, 1), np.uint8)]))
    results = compare_trackers(tmp_path, rates=(5.0,))
    assert [result.people for result in results] == [2, 2, 2]
    assert sum(result.tallies[OURS].switches for result in results) == 0
    assert sum(result.tallies[OURS].sightings for result in results) > 100
    assert f"{OURS}: 0 switches" in people_table(results)


@pytest.mark.media
@pytest.mark.slow
def test_the_command_prints_json(tmp_path: Path, media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes((media / "photo" / "couple.jpg").read_bytes())
    assert main(["bench", "--people", str(tmp_path), "--quick", "--json"]) == 0
    assert {clip["people"] for clip in json.loads(capsys.readouterr().out)} == {2}


@pytest.mark.media
@pytest.mark.slow
@pytest.mark.parametrize(
    ("rate", "names"),
    [(30.0, ["video/station_crowd_1080p.mp4"]), (10.0, ["photo/multi_face.jpg", "video/station_crowd_1080p.mp4"])],
)
def test_nobody_is_taken_for_another_in_real_groups(media: Path, tmp_path: Path, rate: float, names: list[str]) -> None:
    for name in names:
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((media / name).read_bytes())
    results = compare_trackers(tmp_path, _TABLE, (rate,))
    assert [result.tallies[OURS].switches for result in results] == [0] * len(results)
    assert results[0].people == 5
    assert sum(r.tallies[OURS].fragments for r in results) < sum(r.tallies[PLAIN].fragments for r in results)
