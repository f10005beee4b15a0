"""Measures that mean the same for large and small faces, in any light, with and without noise."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from emotion_gui.bench.footage_labels import read_stretches
from emotion_gui.bench.quality_bench import AS_IT_IS, QualityRow, measure
from emotion_gui.bench.spoiled import HARMLESS, SPOILED
from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.core.settings import Settings
from emotion_gui.vision.face_detectors.blazeface import BlazeFaceDetector
from emotion_gui.vision.preprocessing import crop_face
from emotion_gui.vision.quality import lightness, measure_quality, sharpness, turn
from tests.vision.portraits import portrait, rolled

_SHARP_ENOUGH = Settings().limits.min_sharpness
_TABLE = Path(__file__).parents[1] / "data" / "footage_expected.csv"


@pytest.fixture(scope="module")
def detector() -> BlazeFaceDetector:
    return BlazeFaceDetector()


@pytest.fixture(scope="module")
def crop(detector: BlazeFaceDetector) -> NDArray[np.uint8]:
    picture = portrait()
    return crop_face(picture, detector.detect(picture)[0])


def _noisy(crop: NDArray[np.uint8], deviation: float) -> NDArray[np.uint8]:
    noise = np.random.default_rng(1).normal(0, deviation, crop.shape)
    return np.clip(crop + noise, 0, 255).astype(np.uint8)


def _blurred(crop: NDArray[np.uint8], pixels: float) -> NDArray[np.uint8]:
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), pixels), dtype=np.uint8)


class TestLightness:
    # CIE L* of sRGB greys; 119 is the middle grey of 18 % reflectance.
    @pytest.mark.parametrize(("gray", "expected"), [(0, 0), (119, 50), (255, 100), (10, 2.7), (188, 76)])
    def test_greys_are_told_as_the_eye_sees_them(self, gray: int, expected: float) -> None:
        assert lightness(np.full((48, 48), gray, np.uint8)) == pytest.approx(expected, abs=0.5)

    def test_hair_and_background_do_not_matter(self, crop: NDArray[np.uint8]) -> None:
        framed = crop.copy()
        framed[:8], framed[-8:], framed[:, :8], framed[:, -8:] = 0, 0, 0, 0
        assert lightness(framed) == pytest.approx(lightness(crop))

    def test_a_pair_of_dark_glasses_is_not_the_dark(self, crop: NDArray[np.uint8]) -> None:
        worn = crop.copy()
        worn[16:24, 8:40] = 5
        assert lightness(worn) > lightness(crop) - 15


class TestSharpness:
    def test_a_sharp_portrait_is_well_over_the_limit(self, crop: NDArray[np.uint8]) -> None:
        assert sharpness(crop) > 1.5 * _SHARP_ENOUGH

    def test_it_falls_with_the_blur(self, crop: NDArray[np.uint8]) -> None:
        values = [sharpness(crop), *(sharpness(_blurred(crop, pixels)) for pixels in (0.8, 1.2, 1.8, 2.5, 4))]
        assert values == sorted(values, reverse=True)
        assert values[-2] < _SHARP_ENOUGH

    def test_a_face_that_moves_aside_is_blurred(self, crop: NDArray[np.uint8]) -> None:
        moved = cv2.filter2D(crop, -1, np.full((1, 14), 1 / 14, np.float32))
        assert sharpness(np.asarray(moved, dtype=np.uint8)) < _SHARP_ENOUGH

    @pytest.mark.parametrize("deviation", [4, 8, 16])
    def test_noise_does_not_pass_for_sharpness(self, crop: NDArray[np.uint8], deviation: float) -> None:
        blurred = _blurred(crop, 3)
        assert (
            cv2.Laplacian(_noisy(blurred, deviation), cv2.CV_64F).var() > 10 * cv2.Laplacian(blurred, cv2.CV_64F).var()
        )
        assert sharpness(_noisy(blurred, deviation)) < _SHARP_ENOUGH
        assert sharpness(_noisy(crop, deviation)) == pytest.approx(sharpness(crop), rel=0.2)

    @pytest.mark.parametrize(("gain", "offset"), [(0.2, 0), (0.2, 200), (0.5, 60)])
    def test_light_and_contrast_do_not_matter(self, crop: NDArray[np.uint8], gain: float, offset: float) -> None:
        dimmed = (gain * crop + offset).astype(np.uint8)
        assert sharpness(dimmed) == pytest.approx(sharpness(crop), rel=0.1)

    def test_a_small_face_is_not_made_sharp_by_enlarging(self, crop: NDArray[np.uint8]) -> None:
        values = [sharpness(crop)]
        for side in (40, 24, 12):
            small = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
            values.append(sharpness(np.asarray(cv2.resize(small, (48, 48)), dtype=np.uint8)))
        assert values == sorted(values, reverse=True)
        assert values[-1] < 0.6 * values[0]

    @pytest.mark.parametrize("gray", [0, 128, 255])
    def test_nothing_is_not_sharp(self, gray: int) -> None:
        assert sharpness(np.full((48, 48), gray, np.uint8)) == 0

    @hypothesis_settings(deadline=None)
    @given(st.integers(0, 2**32 - 1), st.integers(1, 255))
    def test_any_picture_has_a_share(self, seed: int, most: int) -> None:
        picture = np.random.default_rng(seed).integers(0, most, (48, 48), np.uint8, endpoint=True)
        assert 0 <= sharpness(picture) <= 100
        assert 0 <= lightness(picture) <= 100


def _head(yaw: float, roll: float = 0.0) -> DetectedFace:
    """Where the points of a head are seen that is turned and tilted by so many degrees."""
    yaw, roll = math.radians(yaw), math.radians(roll)

    def seen(aside: float, ahead: float, down: float) -> tuple[float, float]:
        x = aside * math.cos(yaw) + ahead * math.sin(yaw)
        return 100 + x * math.cos(roll) - down * math.sin(roll), 100 + x * math.sin(roll) + down * math.cos(roll)

    eyes, ears = (seen(-31, 80, 0), seen(31, 80, 0)), (seen(-70, 0, 15), seen(70, 0, 15))
    return DetectedFace(Box(0, 0, 200, 200), 1.0, eyes, seen(0, 119, 30), ears)


class TestTurn:
    @given(st.floats(-75, 75), st.floats(-45, 45))
    def test_it_is_the_angle_however_the_head_is_tilted(self, yaw: float, roll: float) -> None:
        assert turn(_head(yaw, roll)) == pytest.approx(abs(yaw) / 90, abs=0.01)

    def test_a_profile_is_the_most(self) -> None:
        assert turn(_head(89)) == pytest.approx(1, abs=0.02)
        assert turn(_head(90)) <= 1

    def test_what_is_not_known_is_not_held_against_anybody(self) -> None:
        assert turn(DetectedFace(Box(0, 0, 9, 9), 1.0)) == 0

    @pytest.mark.parametrize("degrees", [-30, 0, 30])
    def test_a_portrait_looks_to_the_camera(self, detector: BlazeFaceDetector, degrees: float) -> None:
        face = detector.detect(rolled(portrait(), degrees))[0]
        assert face.nose is not None
        assert face.eyes is not None
        assert face.ears is not None
        assert face.ears[0][0] < face.nose[0] < face.ears[1][0]
        assert turn(face) < 0.3


def test_the_size_is_that_in_the_frame(detector: BlazeFaceDetector, crop: NDArray[np.uint8]) -> None:
    face = DetectedFace(Box(5, 5, 40, 90), 0.9)
    assert measure_quality(crop, face).side_px == pytest.approx(60)


@pytest.fixture(scope="module")
def rows(media: Path) -> dict[str, QualityRow]:
    clips = ("video/single_face_smile.mp4", "video/expressive_man_glasses.mp4", "photo/2008_001322.jpg")
    stretches = [each for each in read_stretches(_TABLE) if each.file in clips]
    return {row.title: row for row in measure(media, stretches, rate=1.0)}


@pytest.mark.media
@pytest.mark.slow
class TestFootage:
    def test_good_footage_counts(self, rows: dict[str, QualityRow]) -> None:
        assert rows[AS_IT_IS].kept.faces == rows[AS_IT_IS].shown >= 10
        for title in HARMLESS:
            assert rows[title].refused_share < 0.1, title

    @pytest.mark.parametrize("title", ["light x 0.01", "light x 16", "face of 24 px", "moved by 30 %"])
    def test_what_cannot_be_judged_is_refused(self, title: str, rows: dict[str, QualityRow]) -> None:
        assert title in SPOILED
        assert rows[title].refused_share >= 0.9
