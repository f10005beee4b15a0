"""Tells of an unexpected error, and hands over what somebody needs to mend it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as ttk

from emotion_gui.core.translation import N_, _, plural
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.theme import STRONG_FONT, muted_label, pixels, space

_TEXT_WIDTH, _LINES = 560, 9
COPY, COPIED = N_("Copy details"), N_("✓ Copied")


@dataclass(frozen=True)
class CrashActions:
    """What the buttons do.

    Attributes:
        open_log: Shows the log.
        close: Closes the program.
    """

    open_log: Callable[[], None]
    close: Callable[[], None]


class CrashWindow(ModalWindow):
    """What happened, what it means for the session, and the details.

    Args:
        master: The parent widget.
        what: What happened, one sentence.
        meaning: What becomes of the program and the session, one sentence.
        actions: What its buttons do.
        ends: Whether the program cannot go on; closing it is all that is offered then.

    Attributes:
        told: How often it happened, as far as it was told.
        times: Says how often it happened, once that is more than once.
        text: The details, to read.
        copy: Puts them into the clipboard.
        log: Shows the log.
        close: Closes the program.
    """

    def __init__(self, master: tk.Misc, what: str, meaning: str, *, actions: CrashActions, ends: bool = False) -> None:
        super().__init__(master, _("Unexpected error"))
        self._details = ""
        self.told = 0
        gap, wrap = space(self, 2), pixels(self, _TEXT_WIDTH)
        for words, font in ((what, STRONG_FONT), (meaning, "TkDefaultFont")):
            label = ttk.Label(self.body, text=words, font=font, wraplength=wrap, justify="left")
            label.pack(anchor="w", pady=(0, gap))
        self.times = muted_label(self.body)
        self.text = self._details_text()
        muted_label(self.body, _("Names, folders and pictures are not part of the details.")).pack(anchor="w")
        self.copy = self._tool(_(COPY), self.copy_details)
        self.log = self._tool(_("Open log"), actions.open_log)
        self.close = self._close_button(actions.close, ends=ends)
        for button in (self.ok_button, self.cancel_button, self.copy, self.log):
            # Space presses no button of ttkbootstrap's.
            button.bind("<space>", lambda event: event.widget.invoke())

    def _details_text(self) -> tk.Text:
        text = tk.Text(self.body, height=_LINES, width=20, wrap="none", relief="flat", takefocus=True)
        text.configure(font="TkFixedFont", state="disabled", highlightthickness=1)
        text.pack(fill="both", expand=True, pady=(space(self, 1), space(self, 1)))
        return text

    def _tool(self, words: str, command: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(self.buttons, text=words, command=command)
        button.pack(side="left", padx=(0, space(self, 2)))
        return button

    def _close_button(self, close: Callable[[], None], *, ends: bool) -> ttk.Button:
        """Beside 'Go on'; alone where that is not possible."""

        def leave() -> None:
            self.destroy()
            close()

        words = _("Close the program")
        if ends:
            self.cancel_button.pack_forget()
            self.ok_button.configure(text=words, width=len(words), command=leave)
            return self.ok_button
        self.ok_button.configure(text=_("Go on"), width=max(8, len(_("Go on"))))
        self.cancel_button.configure(text=words, width=len(words), command=leave)
        return self.cancel_button

    def tell(self, details: str, times: int) -> None:
        """Show these details, and how often it happened."""
        self._details, self.told = details, times
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("1.0", details)
        self.text.configure(state="disabled")
        if times > 1:
            self.times.configure(text=plural("It happened {count} time.", "It happened {count} times.", times))
            self.times.pack(anchor="w", before=self.text)

    def copy_details(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._details)
        self.copy.configure(text=_(COPIED))
