"""Varied faces: still faces of the same form, and each variation reaches as far as its setting says."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.train.generated import make_faces
from train.config import AugmentConfig, TrainConfig
from train.data.faces import DataError
from train.learning.augment import augment
from train.learning.augment_sheet import draw_augmented

FACE = make_faces(1).images[3]
STILL = AugmentConfig(**{entry.name: 0.0 for entry in fields(AugmentConfig)} | {"gamma": 1.0, "erase_area": 0.1})


def varied(config: AugmentConfig, seed: int = 1) -> np.ndarray:
    return augment(FACE, config, np.random.default_rng(seed))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_the_form_stays_and_the_input_is_untouched(seed: int) -> None:
    before = FACE.copy()
    once, again = varied(AugmentConfig(), seed), varied(AugmentConfig(), seed)
    assert once.shape == (48, 48)
    assert once.dtype == np.uint8
    assert np.array_equal(once, again)
    assert np.array_equal(FACE, before)


def test_another_seed_gives_another_face() -> None:
    assert not np.array_equal(varied(AugmentConfig(), 1), varied(AugmentConfig(), 2))


def test_all_settings_at_rest_leave_the_face_as_it_is() -> None:
    assert np.array_equal(varied(STILL), FACE)


def test_flip_is_the_exact_mirror_image() -> None:
    assert np.array_equal(varied(replace(STILL, flip_probability=1.0)), FACE[:, ::-1])


def test_brightness_moves_every_pixel_alike_up_to_the_limit() -> None:
    flat = np.full((48, 48), 128, np.uint8)
    levels = [
        int(augment(flat, replace(STILL, brightness=40.0), np.random.default_rng(seed)).mean()) for seed in range(200)
    ]
    assert 88 <= min(levels) < 95
    assert 161 < max(levels) <= 168


def test_erasing_covers_one_rectangle_of_one_level_within_the_limit() -> None:
    for seed in range(30):
        covered = varied(replace(STILL, erase_probability=1.0, erase_area=0.15), seed)
        rows, columns = np.nonzero(covered != FACE)
        patch = covered[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        assert np.count_nonzero(patch == patch[0, 0]) == patch.size
        # A side is rounded to whole pixels.
        assert patch.size <= 1.1 * 0.15 * FACE.size


# A dot at the right of the middle, so that a turn, a growth and a shift each move it in a way of its own.
DOT = np.zeros((48, 48), np.uint8)
DOT[22:26, 34:38] = 255
MIDDLE = 23.5


def dots(config: AugmentConfig, count: int = 300) -> np.ndarray:
    """Where the dot is after each of many draws: float64 [count, 2], x and y from the middle."""
    found = []
    for seed in range(count):
        picture = augment(DOT, config, np.random.default_rng(seed)).astype(np.float64)
        rows, columns = np.mgrid[:48, :48]
        found.append([(columns * picture).sum() / picture.sum(), (rows * picture).sum() / picture.sum()])
    return np.array(found) - MIDDLE


def test_rotation_turns_to_both_sides_up_to_the_limit() -> None:
    places = dots(replace(STILL, rotation_deg=20.0))
    angles = np.degrees(np.arctan2(places[:, 1], places[:, 0]))
    assert -20.5 < angles.min() < -18
    assert 18 < angles.max() < 20.5
    assert np.hypot(*places.T) == pytest.approx(12, abs=0.3)


def test_zoom_grows_and_shrinks_by_the_same_factor() -> None:
    places = dots(replace(STILL, scale=0.25))
    factors = places[:, 0] / 12
    assert 1 / 1.27 < factors.min() < 1 / 1.2
    assert 1.2 < factors.max() < 1.27
    assert (factors > 1).mean() == pytest.approx(0.5, abs=0.1)
    assert places[:, 1] == pytest.approx(0, abs=0.3)


def test_shift_moves_along_both_axes_up_to_its_share_of_the_side() -> None:
    moved = dots(replace(STILL, shift=0.1)) - [12, 0]
    for axis in moved.T:
        assert -5 < axis.min() < -4.4
        assert 4.4 < axis.max() < 5


def test_flip_mirrors_its_share_of_the_faces() -> None:
    mirrored = dots(replace(STILL, flip_probability=0.3))[:, 0] < 0
    assert mirrored.mean() == pytest.approx(0.3, abs=0.08)


def levels(config: AugmentConfig, count: int = 300) -> np.ndarray:
    """What becomes of the levels 0 to 255, one row per draw."""
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    return np.array([augment(ramp, config, np.random.default_rng(seed)).ravel() for seed in range(count)], np.float64)


def test_contrast_spreads_levels_about_the_middle_up_to_the_limit() -> None:
    ramps = levels(replace(STILL, contrast=0.4))
    slopes = (ramps[:, 148] - ramps[:, 108]) / 40
    assert 0.55 < slopes.min() < 0.67
    assert 1.33 < slopes.max() < 1.45
    assert ramps[:, 128] == pytest.approx(128, abs=1)


def test_gamma_bends_the_tone_curve_and_keeps_black_and_white() -> None:
    ramps = levels(replace(STILL, gamma=2.0))
    assert ramps[:, 0] == pytest.approx(0)
    assert ramps[:, 255] == pytest.approx(255, abs=1)
    exponents = np.log((ramps[:, 64] + 0.5) / 255) / np.log(64 / 255)
    assert 0.48 < exponents.min() < 0.56
    assert 1.8 < exponents.max() < 2.05


def test_blur_takes_detail_from_its_share_of_the_faces() -> None:
    def detail(picture: np.ndarray) -> float:
        return float(np.abs(np.diff(picture.astype(np.float64), axis=1)).mean())

    details = np.array([detail(varied(replace(STILL, blur_probability=0.4), seed)) for seed in range(200)])
    blurred = details < detail(FACE)
    assert blurred.mean() == pytest.approx(0.4, abs=0.1)
    assert details[~blurred] == pytest.approx(detail(FACE))
    assert details[blurred].max() < 0.95 * detail(FACE)


def test_noise_has_at_most_the_given_deviation_on_its_share_of_the_faces() -> None:
    flat = np.full((48, 48), 128, np.uint8)
    settings_ = replace(STILL, noise_probability=0.5, noise=10.0)
    deviations = np.array([augment(flat, settings_, np.random.default_rng(seed)).std() for seed in range(200)])
    assert (deviations > 0).mean() == pytest.approx(0.5, abs=0.12)
    assert 8.5 < deviations.max() < 10.5


def test_erasing_covers_its_share_of_the_faces() -> None:
    covered = [not np.array_equal(varied(replace(STILL, erase_probability=0.3), seed), FACE) for seed in range(300)]
    assert np.mean(covered) == pytest.approx(0.3, abs=0.08)


def test_an_area_of_almost_nothing_covers_almost_nothing() -> None:
    covered = varied(replace(STILL, erase_probability=1.0, erase_area=0.0))
    assert np.count_nonzero(covered != FACE) <= 1


def test_the_sheet_shows_each_label_as_it_is_and_varied(tmp_path: Path) -> None:
    faces = make_faces(2)
    draw_augmented(faces, TrainConfig(augment=STILL), tmp_path / "still.png")
    draw_augmented(faces, TrainConfig(), tmp_path / "varied.png")
    draw_augmented(faces, TrainConfig(classes=("happy", "sad")), tmp_path / "two.png")
    sheets = {}
    for name in ("still", "varied", "two"):
        with Image.open(tmp_path / f"{name}.png") as sheet:
            sheets[name] = np.array(sheet.convert("L"))
    assert sheets["still"].shape == sheets["varied"].shape == (1008, 1128)
    # Two faces of each of two labels.
    assert sheets["two"].shape == (528, 1128)
    # The first face as it is, and beside it as it was varied: not at all here, and by chance there.
    alike = {
        name: np.corrcoef(sheet[50:150, 50:150].ravel(), sheet[50:150, 171:271].ravel())[0, 1]
        for name, sheet in sheets.items()
    }
    assert alike["still"] > 0.9 > alike["varied"]
    with pytest.raises(DataError, match="no Training faces"):
        draw_augmented(faces.select(np.zeros(len(faces), dtype=bool)), TrainConfig(), tmp_path / "none.png")
