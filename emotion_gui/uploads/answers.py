"""What comes out of an upload: plain values that pass from the process that made them into a page."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.settings import Settings
from emotion_gui.core.statistics import EmotionStatistics

_MOST_TABLES, _KEPT_S = 20, 900.0


@dataclass(frozen=True)
class UploadJob:
    """One file to look at.

    Attributes:
        path: Where it lies; deleted by whoever put it there.
        language: Of the answer, a key of `LANGUAGES`.
        settings: The user's.
    """

    path: Path
    language: str
    settings: Settings


@dataclass(frozen=True)
class Figure:
    """A chart by light and by dark, as data URIs, with its caption and its words for those who do not see it."""

    caption: str
    words: str
    light: str
    dark: str


@dataclass(frozen=True)
class VerdictWords:
    """A verdict as it is read."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Answer:
    """All that the page about an upload shows.

    Attributes:
        title: What was looked at and what was found, one line.
        picture: The annotated picture, JPEG.
        picture_words: What it shows, for those who do not see it.
        figures: Charts; none where no face was found.
        verdict: Of a video; None for a photo.
        notes: Sentences on what was left out.
        table: The CSV file.
        statistics: What was counted.
    """

    title: str
    picture: bytes
    picture_words: str
    figures: tuple[Figure, ...]
    verdict: VerdictWords | None
    notes: tuple[str, ...]
    table: bytes
    statistics: EmotionStatistics = field(default_factory=EmotionStatistics)


class Tables:
    """The CSV files of the last answers, in memory, until they are fetched late or never; numbers and no pictures."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def keep(self, table: bytes) -> str:
        """Keep one; returns the key that nobody can guess."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._forget_old()
            self._kept[key] = (self._clock(), table)
            while len(self._kept) > _MOST_TABLES:
                self._kept.popitem(last=False)
        return key

    def find(self, key: str) -> bytes | None:
        """The file by its key; None where it is not kept any more."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(key)
            return found[1] if found else None

    def _forget_old(self) -> None:
        for key in [key for key, (since, _) in self._kept.items() if self._clock() - since > _KEPT_S]:
            del self._kept[key]
