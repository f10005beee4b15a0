"""Pictures that are kept of a session with the person's consent: video, snapshots, and crops of the face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from emotion_gui.controller.playback import Playback
from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.status import Level, Notice, Phase, SourceState
from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.results import FaceResult
from emotion_gui.core.session import InterviewSession, SessionEvent, SessionFrame
from emotion_gui.core.translation import _
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_files import session_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from emotion_gui.core.emotions import Emotion
    from emotion_gui.pipeline.recorder import Recorder
    from emotion_gui.pipeline.shot import Shot

SNAPSHOTS = "snapshots"
_SEEN = frozenset({SourceState.PLAYING, SourceState.ENDED})
# Besides every change of the label: a face changes slowly, and each is a picture that somebody has to look through.
_CROP_EVERY_S = 1.0


@dataclass(frozen=True)
class Filming:
    """A video that is being recorded.

    Attributes:
        paused: Whether it waits because the session does.
        seconds: Length of what was recorded so far.
    """

    paused: bool
    seconds: float


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A picture to be saved.

    Attributes:
        shot: What it is drawn from.
        path: The file in the session's folder; None where the user must be asked, because pictures are not kept.
        name: File name to suggest.
    """

    shot: Shot
    path: Path | None
    name: str


class Evidence:
    """Decides what may be kept and hands it to the recorder; all methods are called on one thread, none waits."""

    def __init__(
        self,
        link: SessionLink,
        playback: Playback,
        tasks: TaskRunner,
        *,
        data_folder: Path,
        phase: Callable[[], Phase],
    ) -> None:
        """Take what it works on.

        Args:
            link: Tells which session runs, and keeps what happens to the video.
            playback: Gives the pictures.
            tasks: Saves snapshots.
            data_folder: The user's data folder, where the sessions' files lie.
            phase: Tells whether the session runs or is paused.
        """
        self._link = link
        self._tasks = tasks
        self._playback = playback
        self._data_folder = data_folder
        self._phase = phase
        self._recorder: Recorder | None = None
        self._recorded_id = ""
        self._ending: list[Recorder] = []
        self._wanted = False
        self._rolling = False
        # Session time less the source's: tells the thread that draws where in the session its picture belongs.
        self._offset_s: float | None = None
        self._crop_label: Emotion | None = None
        self._crop_s = -_CROP_EVERY_S
        playback.set_watch(self._see)

    @property
    def filming(self) -> Filming | None:
        """The video that is being recorded; None while none is."""
        if not self._wanted or not self._recorder:
            return None
        return Filming(self._phase() is Phase.PAUSED, self._recorder.seconds)

    @property
    def idle(self) -> bool:
        """Whether all files are finished."""
        return self._recorder is None and not self._ending

    def film(self, on: bool) -> None:
        """Begin or end a video of the running session.

        Raises:
            AppError: No session runs, or the person did not agree to a video.
        """
        session = self._link.running()
        if on and session is None:
            raise AppError(_("No session is running."), _("Start one; a video is recorded as a part of it."))
        if on and session and not _agreed_to_video(session):
            raise AppError(
                _("The candidate did not agree to a video, so none is recorded."),
                _("Ask again when you start the next session."),
            )
        if session and on != self._wanted:
            self._wanted = on
            self._recorder_of(session)
            self._link.record(SessionEvent(session.time_s, "video started" if on else "video stopped"))
            self._roll()

    def take(self, frame: SessionFrame, crops: Sequence[NDArray[np.uint8]]) -> None:
        """Learn of a result as it counts, and of its faces as the model took them."""
        session = self._link.running()
        if session is None or not session.info.consent or not session.info.consent.keeps_crops:
            return
        seen = next((face for face in frame.faces if face.candidate and face.counts), None)
        if seen and seen.face < len(crops) and self._is_due(seen, frame.time_s):
            self._crop_label, self._crop_s = seen.label, frame.time_s
            self._recorder_of(session).keep_crop(crops[seen.face], frame.time_s)

    def note_time(self, time_s: float, source_s: float) -> None:
        """Learn that this moment of the session is that moment of the source, in seconds."""
        self._offset_s = time_s - source_s

    def take_snapshot(self) -> Snapshot | None:
        """The picture as it is now; None where there is none. `save_snapshot` keeps it."""
        shot = self._playback.newest_shot
        # A camera that is away has left a picture behind that is not seen any more.
        if shot is None or self._playback.source.state not in _SEEN:
            return None
        session = self._link.running()
        name = f"snapshot-{datetime.now():%Y-%m-%d-%H%M%S}.png"
        if session is None or not _agreed_to_video(session):
            return Snapshot(shot, None, name)
        folder = session_folder(self._data_folder, session.info.session_id) / SNAPSHOTS
        return Snapshot(shot, folder / f"{round(1000 * session.time_s):010d}.png", name)

    def save_snapshot(self, snapshot: Snapshot, path: Path) -> None:
        """Write a snapshot in the background and tell where it is; a file that is there is replaced."""

        def work() -> None:
            from emotion_gui.pipeline.picture_file import save_snapshot

            try:
                save_snapshot(path, snapshot.shot)
            except OSError as error:
                raise StorageError(
                    _("The picture cannot be saved in {folder}.").format(folder=path.parent),
                    _("Check that the disk has free space, or choose another folder."),
                ) from error

        def done(_written: None) -> None:
            saved = _("Picture saved as {name} in {folder}").format(name=path.name, folder=path.parent)
            self._link.tell(Notice(Level.INFO, saved))

        session = self._link.running()
        if session:
            kept = path.name if path == snapshot.path else ""
            self._link.record(SessionEvent(session.time_s, "snapshot taken", kept))
        self._tasks.run(work, done, lambda error: self._link.tell(Notice(Level.ERROR, error.message, error.hint)))

    def poll(self) -> None:
        """Follow the session, and tell what became of the pictures."""
        session = self._link.running()
        if self._recorder and (session is None or session.info.session_id != self._recorded_id):
            self._finish()
        for recorder in (self._recorder, *self._ending):
            if recorder:
                self._tell_troubles(recorder)
        for recorder in [recorder for recorder in self._ending if recorder.ended]:
            self._ending.remove(recorder)
            if recorder.seconds:
                self._link.tell(Notice(Level.INFO, _("The video is saved with the session.")))
        self._roll()

    def close(self) -> None:
        """Finish all files; waits for them."""
        self._playback.set_watch(None)
        for recorder in (self._recorder, *self._ending):
            if recorder:
                recorder.close()

    def _is_due(self, face: FaceResult, time_s: float) -> bool:
        return face.label is not self._crop_label or time_s - self._crop_s >= _CROP_EVERY_S

    def _see(self, shot: Shot) -> None:
        """Called on the thread that draws; a picture whose moment is not known is left out."""
        recorder, offset_s = self._recorder, self._offset_s
        if recorder and self._rolling and offset_s is not None:
            recorder.offer(shot, shot.frame.time_s + offset_s)

    def _roll(self) -> None:
        rolling = self._wanted and self._phase() is Phase.RUNNING
        if self._recorder and rolling != self._rolling:
            self._rolling = rolling
            self._recorder.film(rolling)

    def _recorder_of(self, session: InterviewSession) -> Recorder:
        if self._recorder is None:
            # It brings OpenCV with it, which would hold up the window at the start.
            from emotion_gui.pipeline.recorder import Recorder

            self._recorded_id = session.info.session_id
            self._recorder = Recorder(session_folder(self._data_folder, self._recorded_id))
        return self._recorder

    def _finish(self) -> None:
        recorder = self._recorder
        if recorder is None:
            return
        recorder.end()
        self._ending.append(recorder)
        self._recorder, self._wanted, self._rolling, self._offset_s = None, False, False, None
        self._crop_label, self._crop_s = None, -_CROP_EVERY_S

    def _tell_troubles(self, recorder: Recorder) -> None:
        for trouble in recorder.troubles():
            error, running = trouble.error, self._link.running()
            if trouble.video:
                kept = _("The recording has stopped; the session goes on and is saved.")
            else:
                kept = _("No more pictures of the face are kept; the session goes on and is saved.")
            self._link.tell(Notice(Level.ERROR, error.message, f"{error.hint} {kept}".strip()))
            if running and recorder is self._recorder:
                kind = "video stopped" if trouble.video else "crops stopped"
                self._link.record(SessionEvent(running.time_s, kind, error.message))
                if trouble.video:
                    self._wanted = self._rolling = False


def _agreed_to_video(session: InterviewSession) -> bool:
    return session.info.consent is not None and session.info.consent.keeps_video
