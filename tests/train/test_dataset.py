"""The division of the faces: nothing lost, nothing on two sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.train.generated import make_faces
from train.data.faces import (
    PUBLIC_TEST,
    TRAINING,
    DataError,
    Faces,
    has_copy_in,
    pixel_groups,
    split_held_out,
    without_blank,
)


@st.composite
def copied_faces(draw: st.DrawFn) -> Faces:
    """Up to 80 faces of two labels or more, many of them copies of few pictures, under any label."""
    count = draw(st.integers(10, 80))
    random = np.random.default_rng(draw(st.integers(0, 1_000)))
    pictures = random.integers(0, 256, (draw(st.integers(1, count)), 48, 48), np.uint8)
    images = pictures[random.integers(0, len(pictures), count)]
    labels = random.integers(0, draw(st.integers(2, 7)), count).astype(np.uint8)
    votes = np.zeros((count, 10), np.uint8)
    return Faces(images, labels, np.full(count, TRAINING), np.arange(count, dtype=np.int32), votes)


class TestSplitHeldOut:
    @settings(max_examples=60, deadline=None)
    @given(copied_faces(), st.integers(2, 6), st.integers(0, 5))
    def test_keeps_each_face_once_and_copies_together(self, faces: Faces, parts: int, seed: int) -> None:
        try:
            learn, held_out = split_held_out(faces, parts, seed)
        except DataError:
            few_labels = np.bincount(faces.labels)[np.unique(faces.labels)].min() < parts
            assert few_labels or pixel_groups(faces.images).max() + 1 < 2 * parts
            return
        assert sorted([*learn.rows, *held_out.rows]) == list(range(len(faces)))
        assert len(learn)
        assert len(held_out)
        assert not has_copy_in(held_out.images, learn.images).any()

    def test_holds_out_the_asked_share_of_each_label(self) -> None:
        learn, held_out = split_held_out(make_faces(20), parts=10, seed=3)
        assert np.bincount(held_out.labels).tolist() == [2] * 7
        assert np.bincount(learn.labels).tolist() == [18] * 7

    def test_follows_from_the_seed(self) -> None:
        faces = make_faces(20)
        rows = [split_held_out(faces, 10, seed)[1].rows.tolist() for seed in (1, 1, 2)]
        assert rows[0] == rows[1] != rows[2]

    def test_too_few_faces_of_a_label_are_refused(self) -> None:
        faces = make_faces(10).select(np.arange(64))
        with pytest.raises(DataError, match="only 9 faces"):
            split_held_out(faces, parts=10, seed=1)

    def test_copies_of_one_picture_cannot_be_divided(self) -> None:
        faces = make_faces(10)
        same = replace(faces, images=np.repeat(faces.images[:1], len(faces), axis=0))
        with pytest.raises(DataError, match="copies"):
            split_held_out(same, parts=10, seed=1)

    def test_no_face_at_all_is_refused(self) -> None:
        with pytest.raises(DataError):
            split_held_out(make_faces(1).select(np.arange(0)), parts=2, seed=1)


def test_pixel_groups_number_equal_pictures_alike() -> None:
    images = make_faces(1).images[[0, 1, 0, 2, 1]]
    assert pixel_groups(images).tolist() == [0, 1, 0, 2, 1]


def test_a_copy_must_match_in_every_pixel() -> None:
    images = make_faces(1).images
    other = images[:2].copy()
    other[1, 47, 47] ^= 1
    assert has_copy_in(images[:3], other).tolist() == [True, False, False]


def test_faces_of_one_grey_level_are_left_out() -> None:
    faces = make_faces(1)
    faces.images[2] = 0
    faces.images[5] = 200
    assert without_blank(faces).rows.tolist() == [0, 1, 3, 4, 6]


def test_select_keeps_the_arrays_in_step() -> None:
    faces = make_faces(2)
    chosen = faces.select(faces.labels == 4)
    assert chosen.rows.tolist() == [4, 11]
    assert np.array_equal(chosen.images, faces.images[[4, 11]])
    assert np.array_equal(chosen.votes, faces.votes[[4, 11]])


def test_a_part_that_is_absent_is_refused_by_name() -> None:
    assert len(make_faces(1, public_per_label=2).of_usage(PUBLIC_TEST)) == 14
    with pytest.raises(DataError, match="no PublicTest faces"):
        make_faces(1).of_usage(PUBLIC_TEST)
