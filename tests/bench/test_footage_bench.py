"""The comparison on footage: a clip made of a portrait that every machine has, models whose answers are known."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from emotion_gui.__main__ import main
from emotion_gui.bench.false_faces import compare_thresholds
from emotion_gui.bench.footage_bench import ModelResult, watch
from emotion_gui.bench.footage_labels import COLUMNS, Stretch, read_stretches
from emotion_gui.bench.footage_variations import VARIATIONS, SharedDetector
from emotion_gui.core import paths
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError, SourceError
from emotion_gui.core.results import DetectedFace
from emotion_gui.vision.face_detectors import create_detector
from tests.fakes import FakeClassifier, FakeDetector, picture_of
from tests.vision.portraits import portrait

_RATE = 10.0
_MODEL = paths.models_folder() / "ferplus.keras"
_HEADER = ",".join(COLUMNS)


class _Sure(FakeClassifier):
    """Calls everything happy, with probability 0.7."""

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        scores = np.full((len(faces_gray), len(EMOTIONS)), 0.05, np.float32)
        scores[:, EMOTIONS.index(Emotion.HAPPY)] = 0.7
        return scores


class _Alternating(_Sure):
    """Happy and sad in turn."""

    def __init__(self) -> None:
        super().__init__()
        self._calls = 0

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        self._calls += 1
        scores = super().probabilities(faces_gray)
        return scores if self._calls % 2 else np.roll(scores, 1, axis=1)


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`clip.avi`: the portrait for a second, then a wall for a second; `wall.png`; `hopper.png`."""
    folder = tmp_path_factory.mktemp("footage")
    face, wall = portrait(), np.full_like(portrait(), 140)
    writer = cv2.VideoWriter(str(folder / "clip.avi"), cv2.VideoWriter.fourcc(*"MJPG"), _RATE, (512, 600))
    for picture in [face] * 10 + [wall] * 10:
        writer.write(picture)
    writer.release()
    cv2.imwrite(str(folder / "wall.png"), wall)
    cv2.imwrite(str(folder / "hopper.png"), face)
    rows = [
        "clip.avi,,1,happy,,",
        "clip.avi,1,,nobody,,",
        "hopper.png,,,happy|neutral,0.51,0.37",
        "wall.png,,,nobody,,",
    ]
    (folder / "expected.csv").write_text("\n".join([_HEADER, *rows]), encoding="utf-8")
    return folder


def _watched(footage: Path, *rows: Stretch, classifier: FakeClassifier | None = None) -> ModelResult:
    return watch(footage, rows, {"fake": classifier or _Sure()})[0]


def test_time_in_agreement_is_counted_by_what_is_right_to_name(footage: Path) -> None:
    happy, sad = frozenset({Emotion.HAPPY}), frozenset({Emotion.SAD, Emotion.FEAR})
    result = _watched(footage, Stretch("clip.avi", 0, 0.5, happy), Stretch("clip.avi", 0.5, 1, sad))
    assert [each.agreed_s for each in result.stretches] == pytest.approx([0.5, 0])
    assert result.agreement == pytest.approx(0.5)
    assert result.expected_probability == pytest.approx((0.7 + 2 * 0.05) / 2)
    assert result.confidence == pytest.approx(0.7)
    assert result.agreement_on(Emotion.HAPPY) == pytest.approx(1)
    assert result.agreement_on(Emotion.SAD) is None


def test_every_file_counts_alike_however_long(footage: Path) -> None:
    sad = frozenset({Emotion.SAD})
    photo = Stretch("hopper.png", expected=sad)
    result = _watched(footage, Stretch("clip.avi", 0, 1, frozenset({Emotion.HAPPY})), photo)
    assert result.agreement == pytest.approx(0.5)


def test_time_without_the_face_is_not_in_agreement(footage: Path) -> None:
    result = _watched(footage, Stretch("clip.avi", expected=frozenset({Emotion.HAPPY})))
    assert result.agreement == pytest.approx(0.5)
    assert result.found == pytest.approx(0.5)
    assert result.confidence == pytest.approx(0.7), "the mean is over the time with the face"


def test_a_face_where_nobody_should_be_is_a_false_one(footage: Path) -> None:
    result = _watched(footage, Stretch("clip.avi", nobody=True))
    assert result.false_faces == pytest.approx(0.5)
    assert result.stretches[0].agreed_s == pytest.approx(1.0)


def test_a_place_beside_the_face_is_no_face(footage: Path) -> None:
    on, beside = ((0.51, 0.37), (0.05, 0.9))
    rows = [Stretch("hopper.png", expected=frozenset({Emotion.HAPPY}), place=place) for place in (on, beside)]
    assert [bool(each.found_s) for each in _watched(footage, *rows).stretches] == [True, False]


def test_label_changes_are_counted_between_neighbouring_frames(footage: Path) -> None:
    result = _watched(footage, Stretch("clip.avi"), classifier=_Alternating())
    assert result.flips == 9
    assert result.alone_s == pytest.approx(0.9)
    assert _watched(footage, Stretch("clip.avi")).flips_per_s == 0


def test_a_stretch_too_short_for_the_rate_says_nothing(footage: Path) -> None:
    happy, sad = frozenset({Emotion.HAPPY}), frozenset({Emotion.SAD})
    rows = [Stretch("clip.avi", 0, 0.2, happy), Stretch("clip.avi", 0.35, 0.45, sad)]
    result = watch(footage, rows, {"fake": _Sure()}, rate=2)[0]
    assert result.stretches[1].watched_s == 0
    assert result.agreement == pytest.approx(1)
    assert result.agreement_on(Emotion.SAD) is None


def test_a_stretch_after_the_end_is_told(footage: Path) -> None:
    with pytest.raises(SourceError, match="ends before 5 s"):
        _watched(footage, Stretch("clip.avi", 5))


@pytest.mark.parametrize("key", VARIATIONS)
def test_a_variation_moves_places_with_the_picture(key: str, footage: Path) -> None:
    variation = VARIATIONS[key]
    image = portrait()
    changed = variation.change(image)
    assert changed.shape == image.shape
    assert changed.dtype == np.uint8
    (face,) = create_detector("blazeface").detect(image)
    (moved,) = create_detector("blazeface").detect(changed)
    expected = variation.place(face.box.center, (image.shape[1], image.shape[0]))
    assert moved.box.center == pytest.approx(expected, abs=0.1 * face.box.width)


def test_another_crop_is_another_box_around_the_same_middle() -> None:
    calls: list[int] = []

    class _Counting(FakeDetector):
        def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
            calls.append(1)
            return super().detect(frame_bgr)

    frame = picture_of(Emotion.HAPPY)
    (usual,) = FakeDetector().detect(frame)
    looser = SharedDetector(_Counting(), 1.15)
    for _ in range(2):
        (face,) = looser.detect(frame)
        assert face.box.width == pytest.approx(1.15 * usual.box.width)
        assert face.box.center == pytest.approx(usual.box.center)
    assert len(calls) == 1, "all models share one look at a frame"
    assert looser.detect(picture_of(None)) == []


def test_real_and_false_faces_are_counted_apart(footage: Path) -> None:
    rows = compare_thresholds(footage, read_stretches(footage / "expected.csv"))
    assert {(row.real, row.empty) for row in rows} == {(11, 11)}
    assert rows[-1].rule == "as the program decides"
    assert (rows[-1].kept, rows[-1].let_in) == (11, 0)
    assert [row.kept for row in rows[:-1]] == sorted((row.kept for row in rows[:-1]), reverse=True)


def test_the_command_prints_tables(footage: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--footage", str(footage), "--quick", "--variations"]) == 0
    output = capsys.readouterr().out
    for text in ("fer2013 (", "ferplus (", "clip.avi", "nobody", "as the program decides", "tilted 15 degrees left"):
        assert text in output


def test_the_command_prints_json(footage: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["bench", "--footage", str(footage), "--quick", "--json", "--model", str(_MODEL)]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    (model,) = found["models"]
    assert model["model"] == "ferplus"
    assert 0 <= model["agreement"] <= 1
    assert [row["expected"] for row in model["stretches"]] == ["happy", "nobody", "happy|neutral", "nobody"]
    assert model["stretches"][0]["to_s"] == 1
    assert model["stretches"][1]["to_s"] is None
    assert found["false_faces"][-1]["let_in"] == 0
    assert found["variations"] == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_HEADER, "has no lines"),
        ("file,from_s\na,1", "lacks the column to_s"),
        (f"{_HEADER}\n,,,happy,,", "Line 2 .* names no file"),
        (f"{_HEADER}\na,,,happy,,\na,2,1,happy,,", "Line 3 .* ends before it begins"),
        (f"{_HEADER}\na,,,joyful,,", "'joyful' is no expression"),
        (f"{_HEADER}\na,,,happy,0.5,", "only one of x and y"),
        (f"{_HEADER}\na,,,happy,0.5,7", "'7' cannot be used"),
        (f"{_HEADER}\na,soon,,happy,,", "'soon' cannot be used"),
        (f"{_HEADER}\na,nan,,happy,,", "'nan' cannot be used"),
        ("\ufeff" + "\0", "lacks the column file"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AppError, match=told):
        read_stretches(path)


@pytest.mark.parametrize("name", ["missing", "without-a-table"])
def test_a_folder_that_cannot_be_used_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "without-a-table").mkdir()
    assert main(["bench", "--footage", str(tmp_path / name)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("emotion-gui: There is no")
    assert ("--expected" in told) == (name == "without-a-table")


@given(st.sets(st.sampled_from(EMOTIONS)), st.floats(0, 1e4), st.floats(0.001, 1e4))
def test_a_written_line_is_read_as_it_was_meant(expected: set[Emotion], begin: float, length: float) -> None:
    stretch = Stretch("a.mp4", begin, begin + length, frozenset(expected))
    line = f"a.mp4,{stretch.from_s!r},{stretch.to_s!r},{stretch.wording},,"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(f"{_HEADER}\n{line}\n", encoding="utf-8")
        assert read_stretches(path) == [stretch]


def test_an_open_end_covers_all_that_follows() -> None:
    stretch = Stretch("a.mp4", 2)
    assert math.isinf(stretch.to_s)
    assert [stretch.covers(time_s) for time_s in (1.9, 2.0, 1e9)] == [False, True, True]
