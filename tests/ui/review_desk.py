"""A window's controller whose stored sessions are real: a store in a folder, and the real review over it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from emotion_gui.controller.review import Review
from emotion_gui.core.consent import Consent
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.results import FaceQuality
from emotion_gui.core.session import SessionEntry, SessionEvent, SessionInfo
from emotion_gui.storage.session_files import session_folder
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.ui.polling import Poller
from tests.builders import CALM, make_frames
from tests.ui.fake_controller import FakeController

AGREED = Consent(datetime(2026, 11, 21, tzinfo=UTC), "1", "en", keeps_crops=True)
QUALITY = FaceQuality(132.0, 118.0, 44.0, 0.12)


class StoreController(FakeController):
    """A fake controller with a real archive.

    Attributes:
        store: Where its sessions are.
        folder: Of the user's data.
    """

    store: SessionStore
    folder: Path

    def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        done(self.store.list())

    def delete_session(self, session_id: str, done: Callable[[], None]) -> None:
        self.store.delete(session_id)
        done()


def open_desk(folder: Path, window: tk.Misc) -> StoreController:
    """A controller over an empty store; the window's beat delivers what its review has found."""
    controller = StoreController()
    controller.folder = folder
    controller.store = SessionStore(folder)
    controller.review = Review(controller.store, folder, lambda: True)
    Poller(window, controller.review.poll).start()
    return controller


def close_desk(controller: StoreController) -> None:
    """End the threads and close the store."""
    controller.review.close()
    controller.store.close()


def add_session(
    controller: StoreController, info: SessionInfo, seconds: float = 60.0, moods: Mapping[Emotion, float] = CALM
) -> None:
    """Keep a finished session with one pause, whose candidate was measured."""
    entries: list[SessionEntry] = [
        replace(frame, faces=tuple(replace(face, track=1, candidate=True, quality=QUALITY) for face in frame.faces))
        for frame in make_frames(seconds, rate=5, moods=moods)
    ]
    controller.store.create(info)
    controller.store.append(info.session_id, [*entries, SessionEvent(21.0, "paused"), SessionEvent(23.0, "resumed")])
    controller.store.finish(info.session_id, info.started_at + timedelta(seconds=seconds))


def add_crop(controller: StoreController, info: SessionInfo, time_s: float) -> None:
    """Keep a picture of the candidate's face at a moment, as a running session does."""
    folder = session_folder(controller.folder, info.session_id) / "crops"
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("L", (64, 64), 99).save(folder / f"{round(1000 * time_s):010d}.png")
