"""Setting markers: by key, by button, and the windows that belong to it."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable

from emotion_gui.controller.status import Phase
from emotion_gui.core.markers import suggested_text
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.menu_bar import TEXT_CLASSES
from emotion_gui.ui.session.key_repeat import KeyRepeat
from emotion_gui.ui.session.marker_entry import MarkerEntry
from emotion_gui.ui.session.marker_window import MarkerWindow
from emotion_gui.ui.session.panel import SessionPanel
from emotion_gui.ui.theme import set_enabled

# A second M that comes sooner than anybody reads is another marker and not the first letter of a text.
_QUICK_S = 0.4


class MarkerTools:
    """The button in the session's panel, the line over the picture, and the list.

    Args:
        root: The main window.
        controller: Keeps the markers.
        panel: Where the button goes.
        stage: What the line stands over: the picture.

    Attributes:
        button: Sets a marker.
        entry: The line that asks for a marker's text.
        window: The list of all markers; None before it was opened first.
        clock: Seconds, never running backwards.
    """

    def __init__(
        self, root: tk.Tk | tk.Toplevel, controller: Controller, *, panel: SessionPanel, stage: tk.Misc
    ) -> None:
        self.clock: Callable[[], float] = time.monotonic
        self._asked_at = 0.0
        self._root = root
        self._controller = controller
        self._session = controller.session
        self._repeat = KeyRepeat(root, ("m", "M"), self._now)
        self.window: MarkerWindow | None = None
        self.entry = MarkerEntry(stage, keep=controller.markers.rename, show_all=self.show_list)
        self.button = panel.add_tool(
            _("Marker"), icon="bookmark", tooltip=_("Set a marker at this moment (M)"), command=self.set
        )
        # With Caps Lock on, the key has another name.
        for key in ("<m>", "<M>"):
            self.entry.field.bind(key, lambda _event: self._typed_in_entry())
        root.bind("<M>", self._pressed_with_caps_lock)

    def press(self) -> None:
        """Set a marker by its key; one that is held down sets one only."""
        if not self._repeat.is_repeat():
            self.set()

    def set(self) -> None:
        """Set a marker at this moment, and ask for its text."""
        marker = self._controller.markers.set()
        if marker:
            self._asked_at, self._session = self.clock(), self._controller.session
            self.entry.ask(marker, suggested_text(self._controller.markers.all))

    def show_list(self) -> None:
        """Open the list of all markers."""
        if self.window is None or not self.window.winfo_exists():
            self.window = MarkerWindow(self._root, self._controller.markers)
        self.window.lift()
        self.window.rows.focus_set()

    def refresh(self) -> None:
        """Follow the controller; called some times a second."""
        set_enabled(self.button, self._controller.phase is not Phase.IDLE)
        if self._controller.session is not self._session:
            # The line belongs to the session before.
            self.entry.close()
        self.entry.refresh()
        if self.window is not None and self.window.winfo_exists():
            self.window.refresh()

    def _now(self) -> float:
        return self.clock()

    def _typed_in_entry(self) -> str | None:
        if self._repeat.is_repeat():
            return "break"
        if self.entry.untouched and self.clock() - self._asked_at < _QUICK_S:
            self.set()
            return "break"
        return None

    def _pressed_with_caps_lock(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget.winfo_class() not in TEXT_CLASSES and self._controller.phase is not Phase.IDLE:
            self.press()
