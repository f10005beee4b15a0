"""A past session that is looked at: its moments, charts and pictures, all fetched in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from emotion_gui.controller.newest_task import NewestTask
from emotion_gui.core.errors import AppError
from emotion_gui.core.moments import Moment, MomentReader
from emotion_gui.core.session import SessionRecord
from emotion_gui.pipeline.tasks import TaskRunner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from emotion_gui.export.review_charts import CourseChart, DrawnCourse

    Rgb = NDArray[np.uint8]

Failed = Callable[[AppError], None]


@dataclass(frozen=True)
class ReviewThreads:
    """One thread for each kind of work, so that a slow drawing never holds up the scrubber."""

    reading: TaskRunner
    drawing: TaskRunner
    pictures: TaskRunner


@dataclass(frozen=True)
class ChartPlace:
    """Where a chart is shown.

    Attributes:
        size_wh: In pixels.
        dpi: Pixels per inch of the screen.
        dark: Whether the window is dark.
    """

    size_wh: tuple[int, int]
    dpi: float = 100.0
    dark: bool = False


class OpenedSession:
    """What a review window asks; every method returns at once and calls back from the controller's `poll`.

    Attributes:
        record: The session; replaced when a marker or correction was changed.
        has_video: Whether a video of it was kept.
    """

    def __init__(self, record: SessionRecord, folder: Path, threads: ReviewThreads, failed: Failed) -> None:
        """Take what it works on; call it on a worker's thread, because it looks for files.

        Args:
            record: The session.
            folder: Of the session's own files.
            threads: Do the work.
            failed: Told when something cannot be read.
        """
        from emotion_gui.pipeline.video_segments import list_segments

        self.record = record
        self.has_video = bool(list_segments(folder))
        self._folder = folder
        self._reader = MomentReader(record.frames)
        self._course_chart: CourseChart | None = None
        self._course_place: ChartPlace | None = None
        self._moments = NewestTask(threads.reading, self._reader.at, failed)
        self._shares = NewestTask(threads.drawing, self._draw_shares, failed)
        self._courses = NewestTask(threads.drawing, self._draw_course, failed)
        self._pictures = NewestTask(threads.pictures, self._find_picture, failed)

    def show_moment(self, time_s: float, done: Callable[[Moment], None]) -> None:
        """What the record has at a session time in seconds."""
        self._moments.ask(time_s, done)

    def draw_shares(self, place: ChartPlace, done: Callable[[Rgb], None]) -> None:
        """Pie and bars of the whole session, uint8 RGB [height, width, 3]."""
        self._shares.ask(place, done)

    def draw_course(self, span_s: tuple[float, float], place: ChartPlace, done: Callable[[DrawnCourse], None]) -> None:
        """The course from one session time to another, in seconds."""
        self._courses.ask((span_s, place), done)

    def show_picture(self, time_s: float, size_wh: tuple[int, int], done: Callable[[Rgb | None], None]) -> None:
        """The recorded picture of a moment.

        Args:
            time_s: Session time in seconds.
            size_wh: Width and height that it must fit into, in pixels.
            done: Gets uint8 RGB [height, width, 3]; None where that moment was not recorded.
        """
        self._pictures.ask((time_s, size_wh), done)

    # matplotlib and OpenCV take long to import: the threads that need them import them.
    def _draw_shares(self, place: ChartPlace) -> Rgb:
        from emotion_gui.export.review_charts import draw_shares

        return draw_shares(self.record.statistics, place.size_wh, place.dpi, dark=place.dark)

    def _draw_course(self, asked: tuple[tuple[float, float], ChartPlace]) -> DrawnCourse:
        from emotion_gui.export.review_charts import FINE_SPAN_S, CourseChart, frame_columns, step_columns

        span_s, place = asked
        if self._course_chart is None or place != self._course_place:
            self._course_chart = CourseChart(place.size_wh, place.dpi, dark=place.dark)
            self._course_place = place
        chart = self._course_chart
        if span_s[1] - span_s[0] <= FINE_SPAN_S:
            # A result reaches back over up to a second, so the first one after the stretch belongs to it.
            frames = self._reader.between(span_s[0], span_s[1] + 1.0)
            return chart.draw(frame_columns(frames, span_s, chart.columns), span_s)
        return chart.draw(step_columns(self.record.timeline, span_s, chart.columns), span_s)

    def _find_picture(self, asked: tuple[float, tuple[int, int]]) -> Rgb | None:
        from emotion_gui.pipeline.video_segments import recorded_picture

        time_s, size_wh = asked
        rgb = recorded_picture(self._folder, time_s)
        return None if rgb is None else _fitted(rgb, size_wh)


def _fitted(rgb: Rgb, size_wh: tuple[int, int]) -> Rgb:
    import cv2
    import numpy as np

    height, width = rgb.shape[:2]
    scale = min(max(1, size_wh[0]) / width, max(1, size_wh[1]) / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(rgb, size, interpolation=way), dtype=np.uint8)
