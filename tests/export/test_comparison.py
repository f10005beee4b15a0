from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import ExportError
from emotion_gui.core.session import SessionFrame, summarize
from emotion_gui.core.timeline import Timeline
from emotion_gui.export.comparison import MOST_SESSIONS, draw_comparison, write_comparison
from emotion_gui.export.review_charts import CourseChart, draw_shares, frame_columns, step_columns
from tests.builders import TENSE, make_face, make_info, make_record

HAPPY = EMOTIONS.index(Emotion.HAPPY)


def pixels_of(picture: np.ndarray, emotion: Emotion) -> int:
    """How many pixels have exactly an emotion's colour."""
    color = [int(emotion.color[start : start + 2], 16) for start in (1, 3, 5)]
    return int((picture == color).all(axis=2).sum())


def test_grows_with_the_number_of_sessions() -> None:
    record = make_record(30, 5)
    heights = [draw_comparison([record] * count, 800).shape[0] for count in (1, 2, MOST_SESSIONS)]
    assert heights == sorted(set(heights))
    assert draw_comparison([record], 800).shape[1:] == (800, 3)


def test_all_sessions_share_one_scale() -> None:
    calm, tense = make_record(60, 5), make_record(60, 5, moods=TENSE)
    alone = draw_comparison([calm, calm], 900)
    beside = draw_comparison([calm, tense], 900)
    assert pixels_of(beside, Emotion.FEAR) > pixels_of(alone, Emotion.FEAR)


def test_a_second_has_the_same_width_in_every_session() -> None:
    short, long = make_record(30, 5), make_record(120, 5)
    picture = draw_comparison([short, long], 900)
    neutral = (picture == 0x99).all(axis=2)
    # The two courses, one below the other; left of them stand their names.
    widths = [int(neutral[top : top + 40, 184:].any(axis=0).sum()) for top in (318, 392)]
    assert widths[0] == pytest.approx(widths[1] / 4, rel=0.15)


def test_empty_sessions_and_strange_names_are_drawn() -> None:
    names = ("", "a\nb", "مرحبا", "x" * 10_000, "$\\frac{1}{2}$")
    records = [make_record(0, info=make_info(candidate=name)) for name in names]
    assert draw_comparison(records, 700).any()


def test_writes_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    records = [make_record(30, 5), make_record(60, 5)]
    path = write_comparison(records, tmp_path / "comparison.png")
    with Image.open(path) as picture:
        assert picture.size[0] == 1800
    with pytest.raises(ExportError, match="already"):
        write_comparison(records, path)
    write_comparison(records, path, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["comparison.png"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(ExportError, match="cannot be written"):
        write_comparison([make_record(5)], blocked / "comparison.png")


def test_what_stands_against_comparing_is_in_the_file(tmp_path: Path) -> None:
    calm = make_record(30, 5)
    other = make_record(30, 5, info=make_info(provenance=replace(calm.info.provenance, model_sha256="0" * 64)))
    heights = []
    for name, records in (("alike", [calm, calm]), ("unlike", [calm, other])):
        with Image.open(write_comparison(records, tmp_path / f"{name}.png")) as picture:
            heights.append(picture.size[1])
    assert heights[1] > heights[0]


def test_the_course_says_where_time_runs() -> None:
    chart = CourseChart((640, 160))
    record = make_record(120, 5)
    drawn = chart.draw(step_columns(record.timeline, (0.0, 120.0), chart.columns), (0.0, 120.0))
    assert drawn.rgb.shape == (160, 640, 3)
    assert (drawn.begin_s, drawn.end_s) == (0.0, 120.0)
    inside = drawn.rgb[int(drawn.top_px) : int(drawn.bottom_px), int(drawn.left_px) : int(drawn.right_px)]
    assert pixels_of(inside, Emotion.NEUTRAL) > 0.1 * inside.shape[0] * inside.shape[1]
    outside = drawn.rgb[:, : int(drawn.left_px) - 2].copy()
    assert not pixels_of(outside, Emotion.NEUTRAL)


def test_steps_of_a_stretch_add_up_to_the_whole() -> None:
    record = make_record(300, 5)
    whole = step_columns(record.timeline, (0.0, 300.0), 40)
    halves = [step_columns(record.timeline, span, 20) for span in ((0.0, 150.0), (150.0, 300.0))]
    assert np.concatenate(halves) == pytest.approx(whole)
    assert whole.sum() == pytest.approx(sum(sum(step.probability_s) for step in record.timeline))


def test_one_short_burst_in_hours_is_not_dropped() -> None:
    frames = [SessionFrame(n, n / 2, 0.5, (make_face(Emotion.NEUTRAL),)) for n in range(7200)]
    frames[7001] = SessionFrame(7001, 3500.5, 0.5, (make_face(Emotion.HAPPY, 1.0),))
    _, timeline = summarize(frames)
    columns = step_columns(timeline, (0.0, 3600.0), 900)
    shares = columns[:, HAPPY] / columns.sum(axis=1)
    assert int(shares.argmax()) == int(3500 / 4)


def test_single_results_fill_the_seconds_that_they_stand_for() -> None:
    frames = [SessionFrame(n, n / 10, 0.1, (make_face(),)) for n in range(1, 101)]
    columns = frame_columns(frames, (0.0, 10.0), 500)
    assert columns.any(axis=1).all()
    gap = [frame for frame in frames if not 4 <= frame.time_s < 6]
    blank = ~frame_columns(gap, (0.0, 10.0), 500).any(axis=1)
    assert 0.16 < blank.mean() < 0.21


def test_empty_courses_and_shares_are_drawn() -> None:
    assert not step_columns(Timeline(), (0.0, 1.0), 10).any()
    assert not frame_columns((), (0.0, 1.0), 10).any()
    assert draw_shares(make_record(0).statistics, (400, 300)).shape == (300, 400, 3)
