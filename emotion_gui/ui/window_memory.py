"""The main window comes back where it stood and as large as it was."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

from emotion_gui.core.window_place import Area, WindowPlace
from emotion_gui.ui.controller_port import Controller

CLOSING = "<<WindowClosing>>"
# A window that is dragged or drawn larger tells dozens of places a second.
_SETTLED_MS = 400


class WindowMemory:
    """Restores the window's place, and keeps every later one in the settings.

    Args:
        root: The main window, of the size that it has by itself.
        controller: Remembers.
    """

    def __init__(self, root: tk.Tk | tk.Toplevel, controller: Controller) -> None:
        self._root = root
        self._controller = controller
        self._pending: str | None = None
        self._normal = WindowPlace.parse(controller.settings.window)

    def restore(self) -> None:
        """Put the window where it stood, as far as today's screens have that place; then follow it."""
        place = self._normal
        if place is not None:
            shown = place.within(self._desktop(), self._root.minsize())
            _maximise(self._root, False)
            self._root.geometry(shown.geometry)
            if place.maximised:
                # Asked for in one breath, the window manager would take the size before for the one to go back to.
                self._root.update_idletasks()
                _maximise(self._root, True)
        self._root.bind("<Configure>", self._on_configure, add="+")
        self._root.bind(CLOSING, lambda _: self.keep(), add="+")

    def keep(self) -> None:
        """Remember where the window is now."""
        self._pending = None
        # What is hidden, minimised or fills the screen for a while has no place worth coming back to.
        if self._root.state() not in {"normal", "zoomed"} or self._root.attributes("-fullscreen"):
            return
        now = WindowPlace.parse(self._root.geometry())
        maximised = _is_maximised(self._root)
        if now is None:
            return
        if maximised:
            # It goes back to the place that it had before.
            now = self._normal or now
        self._normal = WindowPlace(now.width, now.height, now.x, now.y, maximised)
        self._controller.remember(window=str(self._normal))

    def _on_configure(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is not self._root:
            return
        if self._pending is not None:
            self._root.after_cancel(self._pending)
        self._pending = self._root.after(_SETTLED_MS, self.keep)

    def _desktop(self) -> Area:
        """All screens together: on Windows Tk calls them the virtual root, which on X11 may be smaller than one."""
        root = self._root
        x, y = min(0, root.winfo_vrootx()), min(0, root.winfo_vrooty())
        right = max(root.winfo_screenwidth(), root.winfo_vrootx() + root.winfo_vrootwidth())
        bottom = max(root.winfo_screenheight(), root.winfo_vrooty() + root.winfo_vrootheight())
        return Area(x, y, right - x, bottom - y)


def _is_x11(root: tk.Misc) -> bool:
    return str(root.tk.call("tk", "windowingsystem")) == "x11"


def _is_maximised(root: tk.Tk | tk.Toplevel) -> bool:
    return bool(root.attributes("-zoomed")) if _is_x11(root) else root.state() == "zoomed"


def _maximise(root: tk.Tk | tk.Toplevel, on: bool) -> None:
    # Some window managers know no such state; the place alone is then what comes back.
    with suppress(tk.TclError):
        if _is_x11(root):
            # Not asked first: before the window is shown, it says no whatever was asked for.
            root.attributes("-zoomed", on)
        elif _is_maximised(root) is not on:
            root.state("zoomed" if on else "normal")
