"""A text to be read: scrolled by wheel and keys, never written in."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import Panel, pixels, space


class ReadingText(Panel):
    """A text with its scrollbar; Tab goes on to the next field, and a ring shows where the keyboard is.

    Args:
        master: The parent widget.
        lines: Its height in lines of text.

    Attributes:
        text: The text's own widget.
    """

    def __init__(self, master: tk.Misc, lines: int) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.text = tk.Text(self, wrap="word", width=20, height=lines, relief="flat", cursor="arrow", takefocus=True)
        self.text.configure(font="TkDefaultFont", highlightthickness=pixels(self, 1), padx=pixels(self, 2))
        paint(self.text, background="ground", foreground="text", highlightbackground="ground", highlightcolor="accent")
        bar = ttk.Scrollbar(self, orient="vertical", command=self.text.yview, takefocus=False)
        self.text.configure(yscrollcommand=bar.set)
        self.text.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns", padx=(space(self, 1), 0))
        # In a text, Tab would write one.
        self.text.bind("<Tab>", lambda _: _focus(self.text.tk_focusNext()))
        self.text.bind("<Shift-Tab>", lambda _: _focus(self.text.tk_focusPrev()))
        self.text.bind("<Up>", lambda _: self._scroll(-2, "units"))
        self.text.bind("<Down>", lambda _: self._scroll(2, "units"))
        self.text.bind("<space>", lambda _: self._scroll(1, "pages"))
        self.text.configure(state="disabled")

    def write(self, words: str) -> None:
        """Show another text from its beginning."""
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("1.0", words)
        self.text.configure(state="disabled")

    @property
    def words(self) -> str:
        """What is shown."""
        return self.text.get("1.0", "end-1c")

    def _scroll(self, number: int, what: str) -> str:
        self.text.tk.call(self.text, "yview", "scroll", number, what)
        return "break"


def _focus(widget: tk.Misc | None) -> str:
    if widget:
        widget.focus_set()
    return "break"
