"""Recording a video and saving a picture, and the sign that shows that a video is being recorded."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from emotion_gui.controller.status import Level, Notice, Phase
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind
from emotion_gui.ui.export_folder import offered_folder
from emotion_gui.ui.look import paint
from emotion_gui.ui.session.panel import SessionPanel
from emotion_gui.ui.situation import Sight, of_video
from emotion_gui.ui.situation_looks import LOOKS, Look, Role
from emotion_gui.ui.theme import STRONG_FONT, set_enabled, space
from emotion_gui.ui.wording import clock


class EvidenceTools:
    """The button in the session's panel, the sign over the picture, and saving what is seen.

    Args:
        controller: Keeps the pictures.
        dialogs: Asks where to, where pictures are not kept.
        panel: Where the button goes.
        stage: What the sign stands over: the picture.
        tell: Shows what could not be done.

    Attributes:
        button: Begins and ends a video.
        sign: Red, with 'REC' and the time; not there while nothing is recorded.
    """

    def __init__(
        self,
        controller: Controller,
        dialogs: Dialogs,
        *,
        panel: SessionPanel,
        stage: tk.Misc,
        tell: Callable[[Notice], None],
    ) -> None:
        self._controller = controller
        self._dialogs = dialogs
        self._tell = tell
        self._shown: tuple[Look, str] | None = None
        # Tk's own label: the theme's would change the colours under the pointer.
        self.sign = tk.Label(stage, font=STRONG_FONT, padx=space(stage, 2), pady=space(stage, 1))
        self.button = panel.add_tool(
            _("Video"),
            icon="camera-video",
            tooltip=_("Record the picture with its marks, or end that (Ctrl+R); the candidate must have agreed"),
            command=self.switch,
        )

    @property
    def films(self) -> bool:
        """Whether a video is being recorded."""
        return self._controller.evidence.filming is not None

    def switch(self) -> None:
        """Begin or end a video; say why where that cannot be."""
        try:
            self._controller.evidence.film(not self.films)
        except AppError as error:
            self._tell(Notice(Level.ERROR, error.message, error.hint))
        self.refresh()

    def save_picture(self) -> None:
        """Save the picture as it is at this moment; ask where to, unless pictures of this session are kept."""
        snapshot = self._controller.evidence.take_snapshot()
        if snapshot is None:
            self._tell(Notice(Level.ERROR, _("There is no picture to save."), _("Choose a camera or a video first.")))
            return
        path = snapshot.path or self._ask_where(snapshot.name)
        if path:
            self._controller.evidence.save_snapshot(snapshot, path)

    def refresh(self) -> None:
        """Follow the controller; called some times a second."""
        set_enabled(self.button, self._controller.phase is not Phase.IDLE)
        words = self._words()
        if words == self._shown:
            return
        self._shown = words
        # The same word all the time: another length would move everything beside it.
        self.button.configure(icon="stop-circle" if words else "camera-video")
        if words:
            look, text = words
            self.sign.configure(text=text)
            paint(self.sign, background="danger" if look.role is Role.DANGER else "warning", foreground="on_danger")
            self.sign.place(x=space(self.sign, 2), y=space(self.sign, 2))
        else:
            self.sign.place_forget()

    def _words(self) -> tuple[Look, str] | None:
        filming = self._controller.evidence.filming
        if filming is None:
            return None
        look = LOOKS[of_video(Sight.of(self._controller), paused=filming.paused)]
        return look, _(look.sentence).format(time=clock(filming.seconds))

    def _ask_where(self, name: str) -> Path | None:
        path = self._dialogs.ask_save_file(
            _("Save the picture"),
            name=name,
            kind=FileKind(_("PNG images"), ("*.png",)),
            folder=offered_folder(self._controller.settings),
        )
        if path and path.exists() and not self._may_replace(path):
            return None
        return path

    def _may_replace(self, path: Path) -> bool:
        question = _("{name} is there already. Replace it?").format(name=path.name)
        return self._dialogs.confirm(_("Replace the file?"), question, yes=_("Replace"), danger=True)
