"""Pie and bars of the running session as a PNG: drawn once for all viewers who see the same."""

from __future__ import annotations

import threading
import time

import cv2

from emotion_gui.core.translation import language
from emotion_gui.export.chart_views import ChartsView

# matplotlib keeps settings for the whole process while it draws.
DRAWING = threading.Lock()
_SIZE_WH, _DPI = (620, 840), 230.0
_REDRAW_S = 0.9
_EMPTY = ChartsView((0.0,) * 7, (0.0,) * 7)


class LiveChartPictures:
    """The newest chart for each language and theme; any thread may ask."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, bool], tuple[float, bytes]] = {}
        self._charts: dict[tuple[str, bool], object] = {}

    def png(self, view: ChartsView | None, *, dark: bool) -> bytes:
        """The chart in this thread's language, at most about a second old."""
        key = language(), dark
        with DRAWING:
            drawn_at, picture = self._drawn.get(key, (0.0, b""))
            if not picture or time.monotonic() - drawn_at > _REDRAW_S:
                picture = self._draw(key, view or _EMPTY)
                self._drawn[key] = time.monotonic(), picture
            return picture

    def _draw(self, key: tuple[str, bool], view: ChartsView) -> bytes:
        # Loaded when the first chart is wanted: the server is there at once.
        from emotion_gui.export.charts import LiveCharts

        charts = self._charts.get(key)
        if not isinstance(charts, LiveCharts):
            charts = self._charts[key] = LiveCharts(_SIZE_WH, _DPI, dark=key[1])
        return cv2.imencode(".png", charts.render(view)[..., ::-1])[1].tobytes()
