"""A window that must be answered before the one behind it goes on."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

import ttkbootstrap as ttk

from emotion_gui.core.translation import _
from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.theme import pixels, place_over, space

# What the frame of a window and a task bar take from the screen.
_FRAME_WH = 16, 60


class ModalWindow(ttk.Toplevel):
    """A dialog with a body to fill and OK and Cancel; Return and Escape press them, Space the one with the keyboard.

    Attributes:
        body: Put the dialog's widgets here.
        buttons: The row of buttons; more may be added at its left.
        accepted: True once OK was pressed.
        scrolls: Whether the body scrolls where the screen is too small for it.
    """

    scrolls = True

    def __init__(self, master: tk.Misc, title: str) -> None:
        super().__init__(title=title, master=master)
        self.withdraw()
        self.accepted = False
        self._grabbed = ""
        gap = space(self, 4)
        self.buttons = ttk.Frame(self, padding=gap)
        # The buttons first: what is packed last is what gives way on a small screen.
        self.buttons.pack(side="bottom", fill="x")
        self._area = ScrollArea(self) if self.scrolls else None
        holder = self._area.content if self._area else self
        self.body = ttk.Frame(holder, padding=(gap, gap, gap, 0))
        self.body.pack(fill="both", expand=True)
        if self._area:
            self._area.pack(side="top", fill="both", expand=True)
        self.ok_button = ttk.Button(self.buttons, text=_("OK"), width=8, bootstyle="primary", command=self.accept)
        cancel = _("Cancel")
        self.cancel_button = ttk.Button(self.buttons, text=cancel, width=max(8, len(cancel)), command=self.cancel)
        self.ok_button.pack(side="right")
        self.cancel_button.pack(side="right", padx=(0, space(self, 2)))
        self.bind("<Return>", self._on_return)
        self.bind("<space>", self._on_space)
        self.bind("<Escape>", lambda _: self.cancel())
        self.protocol("WM_DELETE_WINDOW", self.cancel)

    def show(self, focus: tk.Misc | None = None) -> None:
        """Put the dialog over its parent and give it the keyboard; returns at once."""
        self._take_grab()
        parent = self.master.winfo_toplevel()
        self._order_buttons()
        self._fit()
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

    def _fit(self) -> None:
        """Be as large as the content asks for, within the screen."""
        room = self.winfo_screenwidth() - pixels(self, _FRAME_WH[0])
        height = self.winfo_screenheight() - pixels(self, _FRAME_WH[1])
        self.maxsize(room, height)
        self.update_idletasks()
        if self._area:
            self._area.ask_for_all(height - self.buttons.winfo_reqheight())
        if self.buttons.winfo_reqwidth() > room:
            # Too long for one row, they stand one above the other, the one that most people want first.
            for button in self.buttons.pack_slaves():
                button.pack_configure(side="top", fill="x", padx=0, pady=(0, space(self, 1)))

    def run(self, focus: tk.Misc | None = None) -> bool:
        """Show the dialog and wait until it is answered; True for OK."""
        self.show(focus)
        if self.winfo_exists():
            self.wait_window()
        return self.accepted

    def _order_buttons(self) -> None:
        """Let Tab go through the body and then the buttons as they stand, not as they were made."""
        self.buttons.lift()
        packed = self.buttons.pack_slaves()
        at_right = [button for button in packed if button.pack_info()["side"] == "right"]
        # What is packed to the right stands the further left the later it came.
        for button in (*(each for each in packed if each not in at_right), *reversed(at_right)):
            button.lift()

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

    def _on_space(self, event: tk.Event[tk.Misc]) -> None:
        # Ttkbootstrap takes it from buttons; who goes by keys tries it first.
        if event.widget.winfo_class() == "TButton":
            event.widget.invoke()  # type: ignore[attr-defined]  # a button has it

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        # A focused button answers Return itself.
        if event.widget.winfo_class() != "TButton" and self.ok_button.instate(["!disabled"]):
            self.accept()
