"""What happens on the page: plain functions from what was sent to what is shown."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.browser_consent import stream_question
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _, language
from emotion_gui.gradio_app import fragments
from emotion_gui.gradio_app.thresholds import with_rule
from emotion_gui.gradio_app.visitors import Visitors
from emotion_gui.uploads.answers import Answer, UploadJob
from emotion_gui.uploads.asking import ask
from emotion_gui.uploads.limits import Kind, RefusedError, kind_of_file

_COMING_IN_S = 60.0


@dataclass(frozen=True)
class Handlers:
    """The page's other side.

    Attributes:
        visitors: Who has it open.
        load_settings: Reads the user's settings as they are now.
        analyse: Looks at an upload.
        passing: Where uploads pass through, and nothing else is.
    """

    visitors: Visitors
    load_settings: Callable[[], Settings]
    analyse: Callable[[UploadJob], Answer]
    passing: Path

    def agree(self, tab: str, *, ticked: bool) -> None:
        """Take down that everybody before a tab's camera agreed.

        Raises:
            AppError: The box is not ticked.
        """
        if not ticked:
            raise AppError(_("The camera stays off until the box is ticked."))
        self.visitors.of(tab).agreed = stream_question().version

    def stream(self, tab: str, rgb: NDArray[np.uint8] | None, values: Sequence[float]) -> tuple[str, str, str, str]:
        """One picture of a tab's camera, uint8 [height, width, 3]; None while there is none.

        Returns:
            The picture with its marks, this moment's bars, the shares so far, the verdict so far.

        Raises:
            AppError: Nobody agreed, or the model cannot be used.
        """
        if rgb is None:
            return (self.no_picture, fragments.probabilities(()), *self.judged(tab, values))
        seen = self.visitors.look(tab, rgb)
        faces = seen.result.faces
        shown = fragments.picture(seen.picture, fragments.named(faces))
        return (shown, fragments.probabilities(faces), *self.judged(tab, values))

    @property
    def no_picture(self) -> str:
        """What stands in the picture's place."""
        return fragments.nothing_yet(_("Start the camera on the left."))

    def judged(self, tab: str, values: Sequence[float]) -> tuple[str, str]:
        """Shares and verdict of a tab's stream by the sliders as they stand."""
        visitor = self.visitors.known(tab)
        statistics = visitor.watch.session.statistics if visitor and visitor.watch else None
        rule = with_rule(self.load_settings(), values).rule
        return fragments.shares(statistics, rule), fragments.verdict(statistics, rule)

    def judged_video(self, tab: str, values: Sequence[float]) -> tuple[str, str]:
        """The same of a tab's last video; empty before there is one."""
        visitor = self.visitors.known(tab)
        if visitor is None or visitor.video is None:
            return "", ""
        rule = with_rule(self.load_settings(), values).rule
        return fragments.shares(visitor.video, rule), fragments.verdict(visitor.video, rule)

    def anew(self, tab: str, values: Sequence[float]) -> tuple[str, str]:
        """Count a tab's stream from nothing again."""
        if watched := self.visitors.known(tab):
            watched.watch = None
        return self.judged(tab, values)

    def photo(self, path: str | None, *, agreed: bool) -> str:
        """All about a photo.

        Raises:
            AppError: It cannot be used; the message says why.
        """
        return fragments.answer(self._answer(path, Kind.PHOTO, self.load_settings(), agreed=agreed))

    def video(self, tab: str, path: str | None, values: Sequence[float], *, agreed: bool) -> tuple[str, str, str]:
        """All about a video, its shares, its verdict.

        Raises:
            AppError: It cannot be used; the message says why.
        """
        found = self._answer(path, Kind.VIDEO, with_rule(self.load_settings(), values), agreed=agreed)
        self.visitors.of(tab).video = found.statistics
        return (fragments.answer(found), *self.judged_video(tab, values))

    def _answer(self, path: str | None, kind: Kind, settings: Settings, *, agreed: bool) -> Answer:
        if path is None:
            raise RefusedError(400, _("No file was chosen."), _("Choose a photo or a video first."))
        file = Path(path)
        if not file.is_file():
            raise RefusedError(400, _("This file has been deleted."), _("Choose it again."))
        try:
            if not agreed:
                raise RefusedError(
                    400, _("Nobody has agreed to this file being analysed."), _("Tick the box where everybody did.")
                )
            if kind_of_file(file) is not kind:
                raise RefusedError(
                    415, _("This file belongs to the other tab."), _("Photos and videos have a tab each.")
                )
            return ask(self.analyse, UploadJob(file, language(), settings))
        finally:
            self._delete(file)

    def _delete(self, file: Path) -> None:
        """Take an upload away with the folder that it came into."""
        folder = file.resolve().parent
        if self.passing.resolve() in folder.parents:
            shutil.rmtree(folder, ignore_errors=True)
        # Gradio leaves an empty file beside each upload; a fresh one is another upload that is just coming in.
        old = time.time() - _COMING_IN_S
        for left in self.passing.iterdir():
            with suppress(OSError):
                if left.is_file() and not left.stat().st_size and left.stat().st_mtime < old:
                    left.unlink()
