"""The windows that ask before anybody is watched: for consent, and whether a notice was read."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont

import ttkbootstrap as ttk

from emotion_gui.core.consent import Consent
from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion
from emotion_gui.ui.look import palette
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.reading_text import ReadingText
from emotion_gui.ui.theme import STRONG_FONT, TITLE_FONT, pixels, space, wrap_to_width

_WIDTH, _SMALLEST_WH = 700, (420, 320)
# What the window manager's frame and a task bar take from the screen.
_MARGIN_W, _MARGIN_H = 40, 90
# Text that is read needs air between its lines.
_LINE_GAP, _PARAGRAPH_GAP = 3, 10
# Height of a line of the interface's own text at 96 dots per inch and 100 % text size.
_LINE_PX = 18


class AgreementWindow(ModalWindow):
    """A text to read over a statement and the two buttons that answer it.

    The text scrolls and takes what room there is; statement and buttons are always in sight. Nothing is agreed to by a
    stray Return: the keyboard begins in the text, and Return presses only a button that has the focus.

    Attributes:
        text: The text that scrolls.
        height_px: Height that the text of this kind needs at 96 dots per inch and 100 % text size.
        permissions: The boxes within the text, by the field of `Consent` that they set; all begin unticked.
    """

    height_px = 680
    # The text does.
    scrolls = False

    def __init__(self, master: tk.Misc, shown: AgreementText) -> None:
        super().__init__(master, shown.title)
        self.permissions: dict[str, ttk.Checkbutton] = {}
        self.ok_button.configure(text=shown.yes, width=max(8, len(shown.yes) + 2))
        self.cancel_button.configure(text=shown.no)
        self.statement = ttk.Frame(self.body)
        self.statement.pack(side="bottom", fill="x", pady=(space(self, 3), 0))
        # What goes on above it should look as if it did.
        ttk.Separator(self.body).pack(side="bottom", fill="x")
        self.text = self._reading_text()
        self._write(shown)
        self._state(shown.statement)
        self._fit_text()

    def ask(self) -> bool:
        """Show the window and wait for the answer; True for a yes."""
        return self.run(self.text)

    def _state(self, statement: str) -> None:
        """Show what is agreed to."""
        label = ttk.Label(self.statement, text=statement, font=STRONG_FONT, justify="left", anchor="w")
        label.pack(fill="x")
        wrap_to_width(label)

    def _reading_text(self) -> tk.Text:
        reading = ReadingText(self.body, lines=4)
        reading.pack(side="top", fill="both", expand=True)
        text = reading.text
        text.configure(spacing2=pixels(self, _LINE_GAP), state="normal")
        # To the boxes within the text first.
        text.bind("<Tab>", lambda _: self._focus_box(0) or _focus(text.tk_focusNext()))
        return text

    def _write(self, shown: AgreementText) -> None:
        text, gap = self.text, pixels(self, _PARAGRAPH_GAP)
        text.tag_configure("title", font=TITLE_FONT, spacing3=gap // 2)
        text.tag_configure("lead", foreground=palette().muted)
        text.tag_configure("heading", font=STRONG_FONT, spacing1=gap, spacing3=gap // 4)
        text.tag_configure("box", lmargin2=space(self, 7), spacing1=gap // 2)
        text.insert("end", f"{shown.title}\n", "title")
        text.insert("end", shown.lead, "lead")
        for passage in shown.passages:
            text.insert("end", f"\n{passage.heading}\n", "heading")
            text.insert("end", passage.text)
            for name, words in passage.permissions.items():
                self._add_box(name, words)
        text.configure(state="disabled")

    def _add_box(self, name: str, words: str) -> None:
        """A box whose words are part of the text, so that they wrap and grow with it; they can be clicked too."""
        text, box = self.text, _unticked(self.text)
        text.insert("end", "\n", "box")
        text.window_create("end", window=box, padx=space(self, 1))
        text.tag_add("box", "end-2c", "end")
        text.insert("end", words, ("box", name))
        text.tag_bind(name, "<Button-1>", lambda _: box.invoke())
        self.permissions[name] = box
        number = len(self.permissions)
        box.bind("<Tab>", lambda _: self._focus_box(number))

    def _focus_box(self, number: int) -> str:
        """Give the keyboard to a box; 'break' where there is one. Tk's own Tab passes over what is scrolled away."""
        boxes = list(self.permissions.values())
        if number >= len(boxes):
            return ""
        self.text.see(boxes[number])
        self.text.update_idletasks()
        return _focus(boxes[number])

    def _fit_text(self) -> None:
        """As wide as lines read well and as high as the text needs, within the screen; larger text needs more of it."""
        growth = tkfont.nametofont("TkDefaultFont", root=self).metrics("linespace") / pixels(self, _LINE_PX)
        most_w, most_h = self.winfo_screenwidth() - _MARGIN_W, self.winfo_screenheight() - _MARGIN_H
        width = min(round(pixels(self, _WIDTH) * max(1.0, growth)), most_w)
        height = min(round(pixels(self, self.height_px) * max(1.0, growth)), most_h)
        # Asked for and not forced, so that the window is placed by the size that it will have.
        self.pack_propagate(False)
        self.configure(width=width, height=height)
        self.minsize(min(width, pixels(self, _SMALLEST_WH[0])), min(height, pixels(self, _SMALLEST_WH[1])))

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Agree to nothing but by its button, which answers Return itself."""


class ConsentWindow(AgreementWindow):
    """Asks for consent before one session.

    Attributes:
        answer: What was agreed to; None until then and after a no.
    """

    def __init__(self, master: tk.Misc, question: ConsentQuestion) -> None:
        super().__init__(master, question.text)
        self.answer: Consent | None = None
        self._question = question

    def accept(self) -> None:
        ticked = {name: bool(box.instate(["selected"])) for name, box in self.permissions.items()}
        self.answer = self._question.agreed(**ticked)
        super().accept()


class NoticeWindow(AgreementWindow):
    """Shows a notice that must be acknowledged: the button waits until its statement is ticked.

    Attributes:
        box: To be ticked by whoever has read the notice.
    """

    height_px = 580

    def __init__(self, master: tk.Misc, notice: AgreementText) -> None:
        super().__init__(master, notice)
        self._check()

    def _state(self, statement: str) -> None:
        self.box = _unticked(self.statement)
        self.box.configure(command=self._check)
        self.box.pack(side="left", anchor="n")
        label = ttk.Label(self.statement, text=statement, justify="left", anchor="w")
        # The space on its right is part of what the words may need: a label wraps at its own whole width.
        label.pack(side="left", fill="x", expand=True, padx=(0, space(self, 2)))
        wrap_to_width(label)
        # The box's own label would not wrap; a click on this one does what a click on that would.
        label.bind("<Button-1>", lambda _: self.box.invoke())

    def _check(self) -> None:
        self.ok_button.state(["!disabled"] if self.box.instate(["selected"]) else ["disabled"])


def _unticked(master: tk.Misc) -> ttk.Checkbutton:
    """A box without a variable of Python's: whichever thread collected the window later would try to give it up."""
    box = ttk.Checkbutton(master)
    # Without a value, it would show Tk's third state, neither ticked nor not.
    box.setvar(str(box.cget("variable")), "0")
    return box


def _focus(widget: tk.Misc | None) -> str:
    if widget:
        widget.focus_set()
    return "break"
