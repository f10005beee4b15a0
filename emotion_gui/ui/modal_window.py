"""A window that must be answered before the one behind it goes on."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

import ttkbootstrap as ttk

from emotion_gui.core.translation import _
from emotion_gui.ui.theme import place_over, space


class ModalWindow(ttk.Toplevel):
    """A dialog with a body to fill and OK and Cancel; Return and Escape press them.

    Attributes:
        body: Put the dialog's widgets here.
        buttons: The row of buttons; more may be added at its left.
        accepted: True once OK was pressed.
    """

    def __init__(self, master: tk.Misc, title: str) -> None:
        super().__init__(title=title, master=master)
        self.withdraw()
        self.accepted = False
        self._grabbed = ""
        gap = space(self, 4)
        self.body = ttk.Frame(self, padding=(gap, gap, gap, 0))
        self.body.pack(fill="both", expand=True)
        self.buttons = ttk.Frame(self, padding=gap)
        self.buttons.pack(fill="x")
        self.ok_button = ttk.Button(self.buttons, text=_("OK"), width=8, bootstyle="primary", command=self.accept)
        cancel = _("Cancel")
        self.cancel_button = ttk.Button(self.buttons, text=cancel, width=max(8, len(cancel)), command=self.cancel)
        self.ok_button.pack(side="right")
        self.cancel_button.pack(side="right", padx=(0, space(self, 2)))
        self.bind("<Return>", self._on_return)
        self.bind("<Escape>", lambda _: self.cancel())
        self.protocol("WM_DELETE_WINDOW", self.cancel)

    def show(self, focus: tk.Misc | None = None) -> None:
        """Put the dialog over its parent and give it the keyboard; returns at once."""
        self._take_grab()
        parent = self.master.winfo_toplevel()
        place_over(self, parent)
        if parent.winfo_viewable():
            self.transient(parent)
        self.deiconify()
        # A window that is not on the screen yet cannot take the grab; one may be closed the moment it appears.
        with suppress(tk.TclError):
            self.wait_visibility()
        if self.winfo_exists():
            self.grab_set()
            (focus or self.ok_button).focus_set()

    def run(self, focus: tk.Misc | None = None) -> bool:
        """Show the dialog and wait until it is answered; True for OK."""
        self.show(focus)
        if self.winfo_exists():
            self.wait_window()
        return self.accepted

    def _take_grab(self) -> None:
        """Tk keeps the keyboard from a window that appears while another one has grabbed all input."""
        grabbed = self.tk.splitlist(self.tk.call("grab", "current"))
        self._grabbed = str(grabbed[0]) if grabbed else ""
        if self._grabbed:
            self.tk.call("grab", "release", self._grabbed)

    def destroy(self) -> None:
        """Close it; the dialog that it stood over must be answered again."""
        super().destroy()
        # That one may have been closed in the meantime.
        with suppress(tk.TclError):
            if self._grabbed:
                self.tk.call("grab", "set", self._grabbed)

    def accept(self) -> None:
        self.accepted = True
        self.destroy()

    def cancel(self) -> None:
        self.destroy()

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        # A focused button answers Return itself.
        if event.widget.winfo_class() != "TButton" and self.ok_button.instate(["!disabled"]):
            self.accept()
