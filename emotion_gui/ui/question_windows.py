"""Small dialogs that ask for one thing: a decision, a line of text, or the labels of a model."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

import ttkbootstrap as ttk

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.translation import _
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.theme import pixels, space

_TEXT_WIDTH = 440


class ChoiceWindow(ModalWindow):
    """Shows a message over buttons of the caller's; see `Dialogs.choose`.

    Attributes:
        answer: Words of the button that was pressed; None where the window was closed.
    """

    def __init__(self, master: tk.Misc, title: str, *, message: str, buttons: Sequence[str], danger: str) -> None:
        super().__init__(master, title)
        self.answer: str | None = None
        wrap = pixels(self, _TEXT_WIDTH)
        ttk.Label(self.body, text=message, wraplength=wrap, justify="left").pack(anchor="w")
        self.ok_button.configure(
            text=buttons[-1],
            width=max(8, len(buttons[-1])),
            bootstyle="danger" if buttons[-1] == danger else "primary",
            command=lambda: self.press(buttons[-1]),
        )
        self.cancel_button.destroy()
        for text in reversed(buttons[:-1]):
            style = "danger-outline" if text == danger else "default"
            button = ttk.Button(self.buttons, text=text, bootstyle=style, command=lambda text=text: self.press(text))
            button.pack(side="right", padx=(0, space(self, 2)))

    def press(self, text: str) -> None:
        self.answer = text
        self.destroy()

    def accept(self) -> None:
        self.ok_button.invoke()


class TextWindow(ModalWindow):
    """Asks for one line of text; OK waits until there is some."""

    def __init__(self, master: tk.Misc, title: str, *, prompt: str, initial: str) -> None:
        super().__init__(master, title)
        self.value = tk.StringVar(self, initial)
        wrap = pixels(self, _TEXT_WIDTH)
        ttk.Label(self.body, text=prompt, wraplength=wrap, justify="left").pack(anchor="w", pady=(0, space(self, 2)))
        self.entry = ttk.Entry(self.body, textvariable=self.value, width=52)
        self.entry.pack(fill="x")
        self.value.trace_add("write", lambda *_: self._check())
        self._check()

    def _check(self) -> None:
        self.ok_button.state(["!disabled"] if self.value.get().strip() else ["disabled"])


class LabelsWindow(ModalWindow):
    """Asks which expression each output of a model stands for, in FER-2013 order to begin with."""

    def __init__(self, master: tk.Misc, model: str, outputs: int) -> None:
        super().__init__(master, _("Name the model's expressions"))
        text = _("'{model}' gives {count} values and does not say what they stand for. Choose each in order.")
        message = ttk.Label(
            self.body,
            text=text.format(model=model, count=outputs),
            wraplength=pixels(self, _TEXT_WIDTH),
            justify="left",
        )
        message.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, space(self, 3)))
        self._names = {emotion.word: str(emotion.value) for emotion in EMOTIONS}
        self.choices = [tk.StringVar(self, EMOTIONS[index].word) for index in range(outputs)]
        for index, choice in enumerate(self.choices):
            self._add_row(index, choice)
        self.problem = ttk.Label(self.body, bootstyle="danger")
        self.problem.grid(row=outputs + 1, column=0, columnspan=2, sticky="w")
        self._check()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._names[choice.get()] for choice in self.choices)

    def _add_row(self, index: int, choice: tk.StringVar) -> None:
        gap = space(self, 1)
        ttk.Label(self.body, text=_("Output {number}").format(number=index + 1)).grid(
            row=index + 1, column=0, sticky="w", pady=gap
        )
        box = ttk.Combobox(self.body, textvariable=choice, values=list(self._names), state="readonly", width=14)
        box.grid(row=index + 1, column=1, sticky="w", padx=space(self, 3), pady=gap)
        choice.trace_add("write", lambda *_: self._check())

    def _check(self) -> None:
        chosen = [choice.get() for choice in self.choices]
        twice = sorted({word for word in chosen if chosen.count(word) > 1})
        self.problem.configure(text=_("⚠ Choose '{name}' only once.").format(name=twice[0]) if twice else "")
        self.ok_button.state(["disabled"] if twice else ["!disabled"])
