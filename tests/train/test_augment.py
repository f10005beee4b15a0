"""Varied faces: still faces of the same form, and each variation reaches as far as its setting says."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.train.generated import make_faces
from train.config import AugmentConfig
from train.learning.augment import augment

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


@pytest.mark.parametrize(
    "changes",
    [
        {"rotation_deg": 15.0},
        {"scale": 0.18},
        {"shift": 0.12},
        {"contrast": 0.4},
        {"gamma": 1.5},
        {"blur_probability": 1.0},
        {"noise_probability": 1.0, "noise": 8.0},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_each_variation_changes_the_face(changes: dict[str, float]) -> None:
    assert not np.array_equal(varied(replace(STILL, **changes)), FACE)
