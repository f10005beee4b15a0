"""What is drawn on the picture: readable, inside, and nothing where nothing is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import Box, FaceResult, QualityProblem
from emotion_gui.vision.annotate import AnnotationStyle, annotate, bars_place, compose, mirrored
from emotion_gui.vision.face_labels import draw_tag, label_place, tag_lines, tag_place
from emotion_gui.vision.text import contrast, lay_over, readable_on, rgb_of, text_mask
from tests.builders import make_face

edges, sizes = st.floats(-300, 900), st.floats(0, 700)
boxes = st.builds(Box, edges, edges, sizes, sizes)


def _frame(value: int = 200, size_wh: tuple[int, int] = (640, 480)) -> NDArray[np.uint8]:
    return np.full((size_wh[1], size_wh[0], 3), value, np.uint8)


def _face(box: Box, label: Emotion = Emotion.HAPPY) -> FaceResult:
    return FaceResult(0, box, 0.9, make_face(label).probabilities)


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_label_text_is_readable_on_every_color(emotion: Emotion) -> None:
    color = rgb_of(emotion.color)
    assert contrast(color, readable_on(color)) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21.0)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(boxes, st.tuples(st.integers(1, 640), st.integers(1, 480)))
def test_a_label_and_bars_that_fit_are_never_cut_off(box: Box, tile: tuple[int, int]) -> None:
    shown = 640, 480
    for left, top in (label_place(shown, box, tile), tag_place(shown, box, tile), bars_place(shown, box, tile, [box])):
        assert 0 <= left <= 640 - tile[0]
        assert 0 <= top <= 480 - tile[1]


@given(boxes, st.builds(AnnotationStyle, st.sampled_from(["box", "circle"]), show_bars=st.booleans()))
def test_any_face_can_be_drawn(box: Box, style: AnnotationStyle) -> None:
    picture = _frame(size_wh=(160, 120))
    annotate(picture, [_face(box)], style)
    assert picture.shape == (120, 160, 3)


def test_the_label_has_the_color_of_its_emotion() -> None:
    picture = _frame()
    annotate(picture, [_face(Box(200, 200, 120, 120), Emotion.SAD)], AnnotationStyle())
    assert (picture.reshape(-1, 3) == rgb_of(Emotion.SAD.color)).all(axis=1).sum() > 500


def test_boxes_off_draws_nothing() -> None:
    picture = _frame()
    annotate(picture, [_face(Box(100, 100, 99, 99))], AnnotationStyle(show_boxes=False, show_bars=True))
    assert (picture == 200).all()


def test_bars_avoid_the_neighbour() -> None:
    box, neighbour = Box(100, 100, 150, 150), Box(260, 100, 150, 150)
    left, top = bars_place((640, 480), box, (90, 100), [box, neighbour])
    assert not (neighbour.x < left + 90 and left < neighbour.x + neighbour.width and top < 250)


def test_the_composed_picture_fits_and_keeps_its_shape() -> None:
    rgb = compose(_frame(), [], AnnotationStyle(), size_wh=(300, 300), mirror=False)
    assert rgb.shape == (225, 300, 3)


def test_the_frame_itself_is_not_drawn_on() -> None:
    frame = _frame()
    compose(frame, [_face(Box(10, 10, 200, 200))], AnnotationStyle(), size_wh=(640, 480), mirror=False)
    assert (frame == 200).all()


def test_red_is_red_on_the_screen() -> None:
    frame = _frame(0)
    frame[..., 2] = 255
    rgb = compose(frame, [], AnnotationStyle(), size_wh=(64, 48), mirror=False)
    assert rgb[0, 0].tolist() == [255, 0, 0]


def test_a_mirrored_picture_moves_the_box_with_the_face() -> None:
    frame = _frame(0)
    frame[:, :320] = 250
    rgb = compose(frame, [_face(Box(20, 150, 200, 200))], AnnotationStyle(), size_wh=(640, 480), mirror=True)
    yellow = np.argwhere((rgb == rgb_of(Emotion.HAPPY.color)).all(axis=2))
    assert rgb[0, -1].tolist() == [250, 250, 250]
    assert yellow[:, 1].min() > 400
    (face,) = mirrored([_face(Box(20, 150, 200, 200))], 640)
    assert face.box == Box(420, 150, 200, 200)


@given(st.integers(-60, 80), st.integers(-60, 80))
def test_text_over_the_edge_is_left_out(left: int, top: int) -> None:
    picture = np.zeros((40, 40, 3), np.uint8)
    mask = text_mask("Surprise 100 %", 14)
    lay_over(picture, mask, left, top, color=(255, 255, 255))
    visible = left < 40 and top < 40 and left + mask.shape[1] > 0 and top + mask.shape[0] > 0
    assert visible or not picture.any()


def _marked(face: FaceResult, style: AnnotationStyle | None = None) -> NDArray[np.uint8]:
    picture = _frame()
    annotate(picture, [face], style or AnnotationStyle())
    return picture


@pytest.mark.parametrize("marker", ["box", "circle"])
def test_every_kind_of_face_is_told_without_colors(marker: str) -> None:
    face, style = _face(Box(200, 150, 140, 140)), AnnotationStyle(marker)
    kinds = [
        face,
        replace(face, candidate=True),
        replace(face, watched=False),
        replace(face, problem=QualityProblem.TOO_DARK),
        replace(face, candidate=True, problem=QualityProblem.TOO_DARK),
    ]
    grays = [_marked(kind, style).mean(axis=2).round().tobytes() for kind in kinds]
    assert len(set(grays)) == len(kinds)


def test_a_face_that_does_not_count_is_quieter() -> None:
    face = _face(Box(200, 150, 140, 140), Emotion.SAD)

    def colored(some: FaceResult) -> int:
        return int((_marked(some).reshape(-1, 3) == rgb_of(Emotion.SAD.color)).all(axis=1).sum())

    assert 0 < colored(replace(face, watched=False)) < colored(replace(face, problem=QualityProblem.BLURRED))
    assert colored(replace(face, problem=QualityProblem.BLURRED)) < colored(face)


def test_the_candidate_is_called_so_and_told_why_nothing_counts() -> None:
    face = replace(_face(Box(0, 0, 9, 9)), candidate=True, problem=QualityProblem.TURNED_AWAY)
    assert tag_lines(face, as_candidate=True) == ["Candidate", "Not counted: turned away"]
    assert tag_lines(face, as_candidate=False) == ["Not counted: turned away"]
    # Nobody has to hold still who is not watched.
    assert tag_lines(replace(face, watched=False), as_candidate=False) == []


def test_where_everyone_counts_no_candidate_is_marked() -> None:
    face = _face(Box(200, 150, 140, 140))
    everyone = AnnotationStyle(show_candidate=False)
    assert (_marked(replace(face, candidate=True), everyone) == _marked(face)).all()


@example(Box(0, 0, 0, 0), QualityProblem.TURNED_AWAY, (80, 60))
@given(boxes, st.sampled_from(QualityProblem), st.tuples(st.integers(80, 700), st.integers(60, 500)))
def test_no_word_is_ever_cut_off(box: Box, problem: QualityProblem, size_wh: tuple[int, int]) -> None:
    picture = _frame(size_wh=size_wh)
    face = replace(_face(box), candidate=True, problem=problem)
    place = draw_tag(picture, tag_lines(face, as_candidate=True), box)
    assert place.x >= 0
    assert place.y >= 0
    assert place.x + place.width <= size_wh[0]
    assert place.y + place.height <= size_wh[1]
