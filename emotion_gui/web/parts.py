"""What the pages work on, handed to each of their rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.uploads.answers import Answer, Tables, UploadJob
from emotion_gui.web.live_charts import LiveChartPictures
from emotion_gui.web.live_desk import LiveDesk


@dataclass(frozen=True)
class Parts:
    """Everything behind the pages.

    Attributes:
        store: Past sessions.
        desk: The live session.
        load_settings: Reads the user's settings as they are now.
        analyse: Looks at an upload.
        list_sources: What the live page offers: each source with its title; opens none of them.
        network: Whether others than this machine's users can look on.
        tables: CSV files of the last answers.
        charts: Pictures of the live charts.
    """

    store: SessionStore
    desk: LiveDesk
    load_settings: Callable[[], Settings]
    analyse: Callable[[UploadJob], Answer]
    list_sources: Callable[[], tuple[tuple[SourceSpec, str], ...]]
    network: bool = False
    tables: Tables = field(default_factory=Tables)
    charts: LiveChartPictures = field(default_factory=LiveChartPictures)
