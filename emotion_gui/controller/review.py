"""Past sessions looked at again: opened, compared, given markers, and their labels set right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from emotion_gui.controller.opened_session import Failed, OpenedSession, ReviewThreads
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.corrections_folder import CorrectionsFolder, nearest_crop
from emotion_gui.storage.session_files import session_folder
from emotion_gui.storage.session_store import SessionStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Changed = Callable[[SessionRecord], None]


class Crop(Enum):
    """What became of the picture of a moment whose label was set right."""

    KEPT = "kept"
    NOT_ALLOWED = "not allowed"
    NOT_THERE = "not there"


@dataclass(frozen=True)
class SetRight:
    """A label that was set right.

    Attributes:
        correction: As it stands in the record.
        crop: What became of the picture.
    """

    correction: Correction
    crop: Crop


@dataclass(frozen=True)
class KeptCrops:
    """The pictures that were kept with their right labels.

    Attributes:
        folder: Where they are; it may not exist yet.
        counts: How many there are of each emotion.
    """

    folder: Path
    counts: dict[Emotion, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Review:
    """Every method is called on one thread, returns at once and calls back from `poll`."""

    def __init__(self, store: SessionStore, data_folder: Path, flush: Callable[[], bool]) -> None:
        """Take what it works on.

        Args:
            store: Where the sessions are.
            data_folder: Holds the sessions' files and the corrections.
            flush: Waits until everything counted so far is in the store; False when the disk will not take it.
        """
        self._store = store
        self._data_folder = data_folder
        self._flush = flush
        self._corrections = CorrectionsFolder(data_folder)
        self._threads = ReviewThreads(TaskRunner(1), TaskRunner(1), TaskRunner(1))

    def open(self, session_id: str, done: Callable[[OpenedSession], None], failed: Failed) -> None:
        """Open a session; `failed` is also told later when a part of it cannot be read."""

        def work() -> OpenedSession:
            folder = session_folder(self._data_folder, session_id)
            return OpenedSession(self._load(session_id), folder, self._threads, failed)

        self._threads.reading.run(work, done, failed)

    def load(
        self, session_ids: Sequence[str], done: Callable[[tuple[SessionRecord, ...]], None], failed: Failed
    ) -> None:
        """Several sessions at once, in the order of their ids."""
        self._threads.reading.run(lambda: tuple(map(self._load, session_ids)), done, failed)

    def draw_comparison(
        self,
        records: Sequence[SessionRecord],
        width: int,
        dpi: float,
        *,
        dark: bool = False,
        done: Callable[[NDArray[np.uint8]], None],
        failed: Failed,
    ) -> None:
        """Sessions beside each other as a picture `width` pixels wide, uint8 RGB."""

        def work() -> NDArray[np.uint8]:
            from emotion_gui.export.comparison import draw_comparison

            return draw_comparison(records, width, dpi, dark=dark)

        self._threads.drawing.run(work, done, failed)

    def export_comparison(
        self,
        records: Sequence[SessionRecord],
        path: Path,
        *,
        overwrite: bool,
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        """Write the comparison as a PNG; `failed` gets an `ExportError` when the file may not be replaced."""

        def work() -> Path:
            from emotion_gui.export.comparison import write_comparison

            return write_comparison(records, path, overwrite=overwrite)

        self._threads.drawing.run(work, lambda _: done(), failed)

    def put_marker(self, opened: OpenedSession, marker: Marker, done: Changed, failed: Failed) -> None:
        """Add a marker, or replace the one with the same `marker_id`."""
        self._change(opened, lambda session_id: self._store.put_marker(session_id, marker), done, failed)

    def delete_marker(self, opened: OpenedSession, marker: Marker, done: Changed, failed: Failed) -> None:
        self._change(opened, lambda session_id: self._store.delete_marker(session_id, marker.marker_id), done, failed)

    def set_right(
        self, opened: OpenedSession, correction: Correction, done: Callable[[SetRight], None], failed: Failed
    ) -> None:
        """Keep a correction in place of an earlier one of the same moment, and the face where that was agreed to."""
        earlier = next((each for each in opened.record.corrections if each.time_s == correction.time_s), None)
        wanted = replace(correction, correction_id=earlier.correction_id) if earlier else correction

        def work() -> tuple[SetRight, SessionRecord]:
            outcome = self._set_right(opened.record, wanted)
            if earlier and earlier.crop and outcome.crop is not Crop.KEPT:
                # Under its old label it would teach what was just said to be wrong.
                self._corrections.remove(earlier.crop)
            return outcome, self._with_entries(opened.record)

        def tell(outcome: tuple[SetRight, SessionRecord]) -> None:
            opened.record = outcome[1]
            done(outcome[0])

        self._threads.reading.run(work, tell, failed)

    def take_back(self, opened: OpenedSession, correction: Correction, done: Changed, failed: Failed) -> None:
        """Remove a correction, and the picture that was kept with it."""

        def work(session_id: str) -> None:
            if correction.crop:
                self._corrections.remove(correction.crop)
            self._store.delete_correction(session_id, correction.correction_id)

        self._change(opened, work, done, failed)

    def kept_crops(self, done: Callable[[KeptCrops], None], failed: Failed) -> None:
        """How many pictures were kept with corrections, and where."""
        folder = self._corrections
        self._threads.reading.run(lambda: KeptCrops(folder.path, folder.count()), done, failed)

    def poll(self) -> None:
        """Call back for everything that has ended."""
        for runner in (self._threads.reading, self._threads.drawing, self._threads.pictures):
            runner.deliver()

    def close(self) -> None:
        """Let running work finish and end the threads."""
        for runner in (self._threads.reading, self._threads.drawing, self._threads.pictures):
            runner.close()

    def _load(self, session_id: str) -> SessionRecord:
        # What was counted a moment ago may still be on its way to the disk.
        if not self._flush():
            raise StorageError(_("The session is not saved yet."), _("Free some disk space and try again."))
        return self._store.load(session_id)

    def _change(self, opened: OpenedSession, change: Callable[[str], None], done: Changed, failed: Failed) -> None:
        def work() -> SessionRecord:
            change(opened.record.info.session_id)
            return self._with_entries(opened.record)

        def tell(record: SessionRecord) -> None:
            opened.record = record
            done(record)

        self._threads.reading.run(work, tell, failed)

    def _with_entries(self, record: SessionRecord) -> SessionRecord:
        """The record with the markers and corrections that are stored now; another window may have changed them."""
        stored = self._store.load(record.info.session_id)
        return replace(record, markers=stored.markers, corrections=stored.corrections)

    def _set_right(self, record: SessionRecord, wanted: Correction) -> SetRight:
        session_id, consent = record.info.session_id, record.info.consent
        if consent is None or not consent.keeps_crops:
            self._store.put_correction(session_id, wanted)
            return SetRight(wanted, Crop.NOT_ALLOWED)
        found = nearest_crop(session_folder(self._data_folder, session_id), wanted.time_s)
        if found is None:
            self._store.put_correction(session_id, wanted)
            return SetRight(wanted, Crop.NOT_THERE)
        name = self._corrections.keep(found, wanted.right, session_id=session_id, correction_id=wanted.correction_id)
        kept = replace(wanted, crop=name)
        try:
            self._store.put_correction(session_id, kept)
        except StorageError:
            # A picture without its correction would teach what no record tells.
            self._corrections.remove(name)
            raise
        return SetRight(kept, Crop.KEPT)
