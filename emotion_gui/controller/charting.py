"""Chart pictures of the running session, drawn on a worker thread whenever something changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from emotion_gui.core.session import InterviewSession
from emotion_gui.core.translation import language
from emotion_gui.export.chart_views import ChartsView, TimelineView
from emotion_gui.pipeline.workers import LatestWorker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Four redraws a second look live; more would only take time from the picture.
_REDRAW_S = 0.25

# Width and height in pixels, pixels per inch, and whether the window is dark.
_Place = tuple[tuple[int, int], float, bool]


class ChartFeed:
    """Pie and bars ('charts') and the last minute ('timeline'); all methods are called on one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._feeds = {
            "charts": _Feed(_charts, lambda session: ChartsView.of(session.statistics)),
            "timeline": _Feed(_timeline, lambda session: TimelineView.of(session.timeline, session.markers)),
        }
        self._drawn_at = 0.0
        self._drawn: object = None

    def set_place(self, key: str, size_wh: tuple[int, int], dpi: float, *, dark: bool) -> None:
        """Size in pixels of the place where a chart is shown, pixels per inch of its screen, and its theme."""
        self._feeds[key].place = (size_wh, dpi, dark)
        # A place that is new, or was built anew, has no picture yet.
        self._drawn = None

    def offer(self, session: InterviewSession | None) -> None:
        """Have the charts drawn when something changed since they last were, and not too often."""
        if session is None or self._clock() - self._drawn_at < _REDRAW_S:
            return
        places = [feed.place for feed in self._feeds.values()]
        state = (session.info.session_id, session.statistics.frames, tuple(session.markers), *places)
        if state == self._drawn:
            return
        self._drawn, self._drawn_at = state, self._clock()
        for feed in self._feeds.values():
            feed.draw(session)

    def take(self, key: str) -> NDArray[np.uint8] | None:
        """The newest picture of a chart that was not taken yet, uint8 RGB [height, width, 3]."""
        return self._feeds[key].worker.results.take()

    def close(self) -> None:
        for feed in self._feeds.values():
            feed.worker.stop()


class _Feed:
    """One chart: what to copy from the session on the caller's thread, what to draw on the worker's."""

    def __init__(self, create: Callable[[_Place], Any], view_of: Callable[[InterviewSession], Any]) -> None:
        self.place: _Place | None = None
        self.worker: LatestWorker[tuple[_Place, Any], NDArray[np.uint8]] = LatestWorker("chart", self._render)
        self._create = create
        self._view_of = view_of
        self._chart: Any = None
        self._chart_of: tuple[_Place, str] | None = None

    def draw(self, session: InterviewSession) -> None:
        if self.place:
            self.worker.submit((self.place, self._view_of(session)))

    def _render(self, asked: tuple[_Place, Any]) -> NDArray[np.uint8]:
        place, view = asked
        # A chart keeps its words from the beginning.
        if (place, language()) != self._chart_of:
            self._chart, self._chart_of = self._create(place), (place, language())
        picture: NDArray[np.uint8] = self._chart.render(view)
        return picture


# matplotlib takes long to import: it must not hold up the window, so the worker threads import it.
def _charts(place: _Place) -> Any:
    from emotion_gui.export.charts import LiveCharts

    size_wh, dpi, dark = place
    return LiveCharts(size_wh, dpi, dark=dark)


def _timeline(place: _Place) -> Any:
    from emotion_gui.export.charts import LiveTimeline

    size_wh, dpi, dark = place
    return LiveTimeline(size_wh, dpi, dark=dark)
