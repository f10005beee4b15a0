from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.storage.corrections_folder import CorrectionsFolder, nearest_crop
from train.data.folder_form import read_folder
from train.data.pictures import read_picture

SESSION, OTHER, FIRST, SECOND = "a" * 32, "b" * 32, "1" * 32, "2" * 32


@pytest.fixture
def folder(tmp_path: Path) -> CorrectionsFolder:
    return CorrectionsFolder(tmp_path / "data")


def crop_at(folder: Path, time_s: float, color: object = (200, 40, 90), side: int = 64) -> Path:
    path = folder / "crops" / f"{round(1000 * time_s):010d}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (side, side), color).save(path)  # type: ignore[arg-type]  # any colour that Pillow takes
    return path


def test_takes_the_nearest_picture_within_half_a_second(tmp_path: Path) -> None:
    first, second = crop_at(tmp_path, 1.0), crop_at(tmp_path, 2.0)
    assert nearest_crop(tmp_path, 1.4) == first
    assert nearest_crop(tmp_path, 1.6) == second
    assert nearest_crop(tmp_path, 2.5) == second
    assert nearest_crop(tmp_path, 2.6) is None


def test_other_files_are_no_pictures_of_moments(tmp_path: Path) -> None:
    assert nearest_crop(tmp_path, 0.0) is None
    crop_at(tmp_path, 9.0)
    (tmp_path / "crops" / "notes.txt").write_text("x", encoding="utf-8")
    assert nearest_crop(tmp_path, 0.0) is None


def test_train_reads_what_is_kept(tmp_path: Path, folder: CorrectionsFolder) -> None:
    for number, emotion in enumerate(EMOTIONS):
        crop = crop_at(tmp_path, number, color=(30 * number,) * 3)
        folder.keep(crop, emotion, session_id=SESSION, correction_id=f"{number}" * 32)
    reading = read_folder(folder.path)
    assert sorted(reading.faces.labels.tolist()) == list(range(7))
    assert not any(problems.counts for problems in reading.problems)
    means = {
        int(label): round(float(image.mean()))
        for label, image in zip(reading.faces.labels, reading.faces.images, strict=True)
    }
    assert means == {number: 30 * number for number in range(7)}


def test_one_class_alone_is_read_too(tmp_path: Path, folder: CorrectionsFolder) -> None:
    folder.keep(crop_at(tmp_path, 0), Emotion.SAD, session_id=SESSION, correction_id=FIRST)
    assert read_folder(folder.path).faces.labels.tolist() == [EMOTIONS.index(Emotion.SAD)]


def test_small_pictures_become_large_enough_for_training(tmp_path: Path, folder: CorrectionsFolder) -> None:
    name = folder.keep(crop_at(tmp_path, 0, side=20), Emotion.HAPPY, session_id=SESSION, correction_id=FIRST)
    kept = folder.path / "happy" / name
    with Image.open(kept) as picture:
        assert (picture.mode, picture.size) == ("L", (48, 48))
    assert len(read_picture(io.BytesIO(kept.read_bytes()))) == 48 * 48


def test_another_label_moves_the_picture(tmp_path: Path, folder: CorrectionsFolder) -> None:
    crop = crop_at(tmp_path, 0)
    name = folder.keep(crop, Emotion.HAPPY, session_id=SESSION, correction_id=FIRST)
    assert name == f"{SESSION}-{FIRST}.png"
    assert folder.keep(crop, Emotion.FEAR, session_id=SESSION, correction_id=FIRST) == name
    assert {emotion for emotion, count in folder.count().items() if count} == {Emotion.FEAR}
    assert not (folder.path / "happy").exists()


def test_removing_and_forgetting(tmp_path: Path, folder: CorrectionsFolder) -> None:
    crop = crop_at(tmp_path, 0)
    first = folder.keep(crop, Emotion.HAPPY, session_id=SESSION, correction_id=FIRST)
    folder.keep(crop, Emotion.SAD, session_id=SESSION, correction_id=SECOND)
    folder.keep(crop, Emotion.SAD, session_id=OTHER, correction_id=FIRST)
    folder.remove(first)
    folder.remove(first)
    assert sum(folder.count().values()) == 2
    folder.forget_session(SESSION)
    assert [path.name for path in folder.path.rglob("*.png")] == [f"{OTHER}-{FIRST}.png"]


def test_nothing_is_there_before_the_first(folder: CorrectionsFolder) -> None:
    assert sum(folder.count().values()) == 0
    folder.forget_session(SESSION)
    assert not folder.path.exists()


@pytest.mark.parametrize("bad", ["../../etc", "", "A" * 32, f"{'a' * 32}\n"])
def test_only_the_programs_own_ids_become_names(tmp_path: Path, folder: CorrectionsFolder, bad: str) -> None:
    crop = crop_at(tmp_path, 0)
    with pytest.raises(ValueError, match="hexadecimal"):
        folder.keep(crop, Emotion.HAPPY, session_id=bad, correction_id=FIRST)
    with pytest.raises(ValueError, match="hexadecimal"):
        folder.forget_session(bad)


def test_a_torn_picture_is_told(tmp_path: Path, folder: CorrectionsFolder) -> None:
    crop = crop_at(tmp_path, 0)
    crop.write_bytes(crop.read_bytes()[:40])
    with pytest.raises(StorageError):
        folder.keep(crop, Emotion.HAPPY, session_id=SESSION, correction_id=FIRST)
    assert sum(folder.count().values()) == 0
