"""The way to the personal baseline from the main window: a button, a menu line, a key."""

from __future__ import annotations

import tkinter as tk

from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.session.calibration_window import CalibrationWindow
from emotion_gui.ui.session.panel import SessionPanel


class CalibrationTools:
    """The button in the session's panel, and the window that it opens.

    Args:
        root: The main window.
        controller: Has the calibration.
        panel: Where the button goes.

    Attributes:
        button: Opens the window; has a tick while a baseline is in use.
        window: None before it was opened first.
    """

    def __init__(self, root: tk.Tk | tk.Toplevel, controller: Controller, *, panel: SessionPanel) -> None:
        self._root = root
        self._controller = controller
        self._in_use = False
        self.window: CalibrationWindow | None = None
        self.button = panel.add_tool(
            _("Calibrate"),
            icon="person-bounding-box",
            tooltip=_("Teach the program this face at rest (Ctrl+B)"),
            command=self.show,
        )

    def show(self) -> None:
        """Open the window."""
        if self.window is None or not self.window.winfo_exists():
            self.window = CalibrationWindow(self._root, self._controller.calibration)
        self.window.lift()
        self.window.start_button.focus_set()

    def refresh(self) -> None:
        """Follow the controller; called some times a second."""
        in_use = self._controller.calibration.status.baseline is not None
        if in_use is not self._in_use:
            self._in_use = in_use
            self.button.configure(icon="person-check" if in_use else "person-bounding-box")
        if self.window is not None and self.window.winfo_exists():
            self.window.refresh()
