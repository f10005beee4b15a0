"""Who has the page open: what each of them agreed to and what was counted for them; gone with their tab."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.browser_consent import stream_question
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import InterviewSession
from emotion_gui.core.settings import Settings
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import _
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.pipeline.shot import Shot
from emotion_gui.uploads.engine import engine, jpeg, session_info
from emotion_gui.vision.annotate import AnnotationStyle
from emotion_gui.vision.frame import Frame

MOST_VISITORS = 8
# A visitor who leaves the camera on for longer begins anew; what is held for them stays small.
MOST_WATCHED_S = 3600.0
PICTURES_PER_S = 5.0
_SHOWN_WH = (640, 480)


@dataclass(frozen=True)
class Seen:
    """What one picture of the stream brought.

    Attributes:
        picture: With its marks, JPEG.
        result: What was found in it.
    """

    picture: bytes
    result: FrameResult


class Watch:
    """One stream as it is counted; used by one thread at a time."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._frames, classifier = engine(settings)
        self._following = Following(FollowingOptions.of(settings))
        self.session = InterviewSession(session_info(settings, classifier, "browser camera"))
        self._count = 0

    def look(self, rgb: NDArray[np.uint8]) -> Seen:
        """Analyse and count one picture, uint8 [height, width, 3]; it stands for the time since the one before it."""
        frame = Frame(self._count, self._clock(), 1 / PICTURES_PER_S, np.ascontiguousarray(rgb[..., ::-1]))
        self._count += 1
        result = self._following.follow(self._frames.analyze(frame))
        self.session.add(result)
        shot = Shot(frame, result.faces, AnnotationStyle(), mirror=False)
        return Seen(jpeg(shot, _SHOWN_WH), result)


@dataclass
class Visitor:
    """What is held for one tab.

    Attributes:
        agreed: Version of the text that they agreed to; empty before.
        watch: Their stream; None before its first picture.
        video: What was counted in their last video; None before one.
    """

    agreed: str = ""
    watch: Watch | None = None
    video: EmotionStatistics | None = None


class Visitors:
    """All of them, the last `MOST_VISITORS`; any thread may ask."""

    def __init__(self, load_settings: Callable[[], Settings], clock: Callable[[], float] = time.monotonic) -> None:
        self._load_settings = load_settings
        self._clock = clock
        self._lock = threading.Lock()
        # Detector and model are used by one thread at a time.
        self._looking = threading.Lock()
        self._known: OrderedDict[str, Visitor] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def of(self, tab: str) -> Visitor:
        """The visitor of a tab; a new one where it is not known."""
        with self._lock:
            visitor = self._known.setdefault(tab, Visitor())
            self._known.move_to_end(tab)
            while len(self._known) > MOST_VISITORS:
                self._known.popitem(last=False)
            return visitor

    def known(self, tab: str) -> Visitor | None:
        """The visitor of a tab, where anything is held for it."""
        return self._known.get(tab)

    def forget(self, tab: str) -> None:
        """Drop all that is held for a tab."""
        with self._lock:
            self._known.pop(tab, None)

    def look(self, tab: str, rgb: NDArray[np.uint8]) -> Seen:
        """Analyse a picture of a tab's camera.

        Raises:
            AppError: Nobody agreed there, or the model cannot be used.
        """
        # Not `of`: a last picture that comes after its tab has gone must not bring anything back.
        visitor = self.known(tab)
        if visitor is None or visitor.agreed != stream_question().version:
            raise AppError(_("Nobody has agreed to being watched."), _("Load the page again and tick the box."))
        with self._looking:
            if visitor.watch is None or visitor.watch.session.time_s > MOST_WATCHED_S:
                visitor.watch = Watch(self._load_settings(), self._clock)
            return visitor.watch.look(rgb)
