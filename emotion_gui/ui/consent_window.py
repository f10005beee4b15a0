"""The windows that ask before anybody is watched: for consent, and whether a notice was read."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont

import ttkbootstrap as ttk

from emotion_gui.core.consent import Consent
from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion
from emotion_gui.core.translation import _
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.theme import MUTED, STRONG_FONT, TITLE_FONT, WHITE, pixels, space, wrap_to_width

_WIDTH, _HEIGHT = 660, 620
# What the window manager's frame and a task bar take from the screen.
_MARGIN_W, _MARGIN_H = 40, 90
# Text that is read needs air between its lines.
_LINE_GAP, _PARAGRAPH_GAP = 3, 10


class AgreementWindow(ModalWindow):
    """A text to read over a statement and the two buttons that answer it.

    The text scrolls and takes what room there is; statement and buttons are always in sight. Nothing is agreed to by a
    stray Return: the keyboard begins in the text, and Return presses only a button that has the focus.

    Attributes:
        text: The text that scrolls.
        options: The place for tick boxes, between the text and the statement.
    """

    def __init__(self, master: tk.Misc, shown: AgreementText) -> None:
        super().__init__(master, shown.title)
        # Buttons first and the text last: what is packed last is what gives way on a small screen.
        self.buttons.pack_forget()
        self.body.pack_forget()
        self.buttons.pack(side="bottom", fill="x")
        self.body.pack(side="top", fill="both", expand=True)
        self.ok_button.configure(text=shown.yes, width=max(8, len(shown.yes) + 2))
        self.cancel_button.configure(text=shown.no)
        self._statement = _wrapped(self.body, shown.statement)
        self._statement.pack(side="bottom", fill="x", pady=(space(self, 3), 0))
        self.options = ttk.Frame(self.body)
        self.options.pack(side="bottom", fill="x", pady=(space(self, 3), 0))
        self.text = self._reading_text()
        self._write(shown)
        self._fit_to_screen()

    def ask(self) -> bool:
        """Show the window and wait for the answer."""
        return self.run(self.text)

    def _reading_text(self) -> tk.Text:
        frame = ttk.Frame(self.body)
        frame.pack(side="top", fill="both", expand=True)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        text = tk.Text(
            frame,
            wrap="word",
            width=20,
            height=4,
            relief="flat",
            highlightthickness=1,
            highlightbackground=WHITE,
            background=WHITE,
            padx=space(self, 2),
            pady=space(self, 1),
            font="TkDefaultFont",
            cursor="arrow",
            takefocus=True,
            spacing2=pixels(self, _LINE_GAP),
        )
        bar = ttk.Scrollbar(frame, orient="vertical", command=text.yview)
        text.configure(yscrollcommand=bar.set)
        text.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        # In a text, Tab would write one; here it goes to the next field.
        text.bind("<Tab>", lambda _: _focus(text.tk_focusNext()))
        text.bind("<Shift-Tab>", lambda _: _focus(text.tk_focusPrev()))
        text.bind("<Up>", lambda _: _scroll(text, -2, "units"))
        text.bind("<Down>", lambda _: _scroll(text, 2, "units"))
        text.bind("<space>", lambda _: _scroll(text, 1, "pages"))
        return text

    def _write(self, shown: AgreementText) -> None:
        gap = pixels(self, _PARAGRAPH_GAP)
        self.text.tag_configure("title", font=TITLE_FONT, spacing3=gap // 2)
        self.text.tag_configure("lead", foreground=MUTED)
        self.text.tag_configure("heading", font=STRONG_FONT, spacing1=gap)
        self.text.insert("end", f"{shown.title}\n", "title")
        self.text.insert("end", shown.lead, "lead")
        for heading, passage in shown.passages:
            self.text.insert("end", f"\n{heading}\n", "heading")
            self.text.insert("end", passage)
        self.text.configure(state="disabled")

    def _fit_to_screen(self) -> None:
        """As wide as lines read well and as high as the text needs, within the screen; larger text needs more of it."""
        growth = tkfont.nametofont("TkDefaultFont", root=self).metrics("linespace") / pixels(self, 18)
        most_w, most_h = self.winfo_screenwidth() - _MARGIN_W, self.winfo_screenheight() - _MARGIN_H
        width = min(round(pixels(self, _WIDTH) * max(1.0, growth)), most_w)
        height = min(round(pixels(self, _HEIGHT) * max(1.0, growth)), most_h)
        self.geometry(f"{width}x{height}")
        self.minsize(min(width, pixels(self, 420)), min(height, pixels(self, 320)))

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Agree to nothing but by its button, which answers Return itself."""


class ConsentWindow(AgreementWindow):
    """Asks for consent before one session.

    Attributes:
        keeps_video: Whether the box for recording the picture is ticked.
        keeps_crops: Whether the box for keeping pictures of the face is ticked.
        answer: What was agreed to; None until then and after a no.
    """

    def __init__(self, master: tk.Misc, question: ConsentQuestion) -> None:
        super().__init__(master, question.text)
        self.answer: Consent | None = None
        self._question = question
        self.keeps_video = self._box(_("The picture with its marks may be recorded, as a video or single pictures."))
        self.keeps_crops = self._box(_("Pictures of the face may be kept with labels that are set right later."))

    def _box(self, words: str) -> tk.BooleanVar:
        value = tk.BooleanVar(self, False)
        row = ttk.Frame(self.options)
        row.pack(fill="x", pady=(0, space(self, 1)))
        box = ttk.Checkbutton(row, variable=value)
        box.pack(side="left", anchor="n")
        label = _wrapped(row, words)
        label.pack(side="left", fill="x", expand=True)
        # The box's own label would not wrap; a click on this one does what a click on that would.
        label.bind("<Button-1>", lambda _: box.invoke())
        return value

    def accept(self) -> None:
        self.answer = self._question.agreed(keeps_video=self.keeps_video.get(), keeps_crops=self.keeps_crops.get())
        super().accept()


class NoticeWindow(AgreementWindow):
    """Shows a notice that must be acknowledged: the button waits for its box to be ticked.

    Attributes:
        read: Whether the box is ticked.
    """

    def __init__(self, master: tk.Misc, notice: AgreementText) -> None:
        super().__init__(master, notice)
        self._statement.pack_forget()
        self.read = tk.BooleanVar(self, False)
        row = ttk.Frame(self.options)
        row.pack(fill="x")
        box = ttk.Checkbutton(row, variable=self.read, command=self._check)
        box.pack(side="left", anchor="n")
        label = _wrapped(row, notice.statement)
        label.pack(side="left", fill="x", expand=True)
        label.bind("<Button-1>", lambda _: box.invoke())
        self._check()

    def _check(self) -> None:
        self.ok_button.state(["!disabled"] if self.read.get() else ["disabled"])


def _wrapped(master: tk.Misc, words: str) -> ttk.Label:
    label = ttk.Label(master, text=words, justify="left", anchor="w")
    wrap_to_width(label)
    return label


def _focus(widget: tk.Misc | None) -> str:
    if widget:
        widget.focus_set()
    return "break"


def _scroll(text: tk.Text, number: int, what: str) -> str:
    text.tk.call(text, "yview", "scroll", number, what)
    return "break"
