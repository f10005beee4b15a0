"""What the main window does about the queue of recordings: opens its window, follows it, asks before it is lost."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from emotion_gui.controller.queue_rows import RowState
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.recordings.window import RecordingsWindow


class RecordingsTools:
    """The one window of the queue.

    Args:
        root: The main window.
        controller: Has the queue.
        dialogs: Asks the user.
        kept: Called when another recording's session is in the store.

    Attributes:
        window: The window; None before it is first opened.
    """

    def __init__(self, root: tk.Misc, controller: Controller, dialogs: Dialogs, kept: Callable[[], None]) -> None:
        self.window: RecordingsWindow | None = None
        self._root = root
        self._controller = controller
        self._dialogs = dialogs
        self._kept = kept
        self._done = 0

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self.window is None or not self.window.winfo_exists():
            self.window = RecordingsWindow(self._root, self._controller, self._dialogs)
        self.window.lift()
        self.window.take_keyboard()

    def refresh(self) -> None:
        """Show how far the queue is; its sessions are in the history as soon as they are kept."""
        if self.window is not None and self.window.winfo_exists():
            self.window.refresh()
        done = sum(row.state is RowState.DONE for row in self._controller.recordings.rows)
        if done > self._done:
            self._kept()
        self._done = done

    def may_close(self) -> bool:
        """Whether the program may be closed; asks while recordings are analysed."""
        return not self._controller.recordings.running or self._dialogs.confirm(
            _("Close Emotion GUI?"),
            _("Recordings are being analysed. Those that are done are kept; the others go on when added again."),
            yes=_("Stop and close"),
        )
