"""Charts as pictures that stand in the page itself."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from matplotlib import rc_context

from emotion_gui.core.session import SessionRecord
from emotion_gui.export.chart_theme import DARK, LIGHT
from emotion_gui.export.content.blocks import ChartKind
from emotion_gui.export.page_text import Page
from emotion_gui.export.probability_bars import ProbabilityPanel, draw_panels, panels_height
from emotion_gui.export.report_charts import CHART_HEIGHTS, draw_chart

_WIDTH, _DPI, _MARGIN = 1240, 150, 8


def chart_uri(record: SessionRecord, kind: ChartKind, *, dark: bool) -> str:
    """A chart as a data URI of an SVG: sharp at any size, with its letters as shapes, so that no font is needed."""
    height = round(CHART_HEIGHTS[kind])
    page = Page((_WIDTH, height), _DPI, DARK if dark else LIGHT)
    draw_chart(page, kind, record, (_MARGIN, 0, _WIDTH - 2 * _MARGIN, height))
    return _uri(page)


def probabilities_uri(panels: Sequence[ProbabilityPanel], *, dark: bool) -> str:
    """The same for panels of probabilities."""
    page = Page((_WIDTH, panels_height(len(panels))), _DPI, DARK if dark else LIGHT)
    draw_panels(page, panels)
    return _uri(page)


def _uri(page: Page) -> str:
    buffer = io.BytesIO()
    # The same session gives the same file: without a date, and with ids that do not change.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "emotion-gui"}):
        page.figure.savefig(buffer, format="svg", dpi=_DPI, metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
