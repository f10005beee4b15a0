"""About: the version, what is known of the model in use, and the licences of what is bundled."""

from __future__ import annotations

import tkinter as tk
import webbrowser

import ttkbootstrap as ttk

from emotion_gui import __version__
from emotion_gui.controller.about import AboutFacts
from emotion_gui.controller.status import ModelStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.translation import _
from emotion_gui.export.content.grounds import figures_note
from emotion_gui.export.content.model_excerpt import CardMatch, ModelExcerpt
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.reading_text import ReadingText
from emotion_gui.ui.theme import APP_NAME, STRONG_FONT, TITLE_FONT, Card, muted_label, pixels, set_enabled, space

_TEXT_WIDTH, _MODEL_LINES, _LICENCE_LINES = 560, 8, 6
_OWN_TERMS = "MIT License. Copyright (c) 2026 The Emotion GUI developers."


class AboutWindow(ModalWindow):
    """Opens at once; what stands in files follows.

    Attributes:
        figures: What the card says of the model: how good it is, on which faces, and its limits.
        card_button: Opens the model's card; alive where there is one.
        licences: The libraries with their terms.
    """

    def __init__(self, master: tk.Misc, controller: Controller) -> None:
        super().__init__(master, _("About {name}").format(name=APP_NAME))
        self._facts: AboutFacts | None = None
        self.cancel_button.destroy()
        self.ok_button.configure(text=_("Close"), width=max(8, len(_("Close"))))
        self._build_program()
        self._build_model(controller.model)
        self._build_licences()
        controller.about.ask(self._show, self._fail)

    def _line(self, master: tk.Misc, text: str = "", *, muted: bool = False) -> ttk.Label:
        label = muted_label(master, text) if muted else ttk.Label(master, text=text)
        label.configure(wraplength=pixels(self, _TEXT_WIDTH), justify="left")
        return label

    def _build_program(self) -> None:
        ttk.Label(self.body, text=f"{APP_NAME} {__version__}", font=TITLE_FONT).pack(anchor="w")
        what = _("Names the expressions of faces and keeps everything on this computer.")
        self._line(self.body, what).pack(anchor="w", pady=(space(self, 1), 0))
        self._line(self.body, _(CAVEAT), muted=True).pack(anchor="w", pady=(space(self, 1), 0))

    def _build_model(self, status: ModelStatus) -> None:
        card, gap = Card(self.body, _("Model")), space(self, 1)
        card.pack(fill="x", pady=(space(self, 4), 0))
        ttk.Label(card, text=status.name or _("No model is loaded."), font=STRONG_FONT).grid(row=1, sticky="w")
        if status.sha256:
            self._line(card, f"SHA-256 {status.sha256}", muted=True).grid(row=2, sticky="w", pady=(gap, 0))
        self.figures = ReadingText(card, lines=_MODEL_LINES)
        self.figures.write(_("Reading the model card..."))
        self.figures.grid(row=3, sticky="ew", pady=(gap, 0))
        self.card_button = ttk.Button(card, text=_("Open the model card"), icon="card-text", command=self.open_card)
        self.card_button.grid(row=4, sticky="w", pady=(2 * gap, 0))
        set_enabled(self.card_button, False)

    def _build_licences(self) -> None:
        card = Card(self.body, _("Licences"))
        card.pack(fill="both", expand=True, pady=(space(self, 3), 0))
        self._line(card, _OWN_TERMS).grid(row=1, sticky="w", pady=(0, space(self, 1)))
        self.licences = ReadingText(card, lines=_LICENCE_LINES)
        self.licences.grid(row=2, sticky="nsew")

    def open_card(self) -> None:
        """Show the model's card in the program that the system has for it."""
        if self._facts and self._facts.card_page:
            webbrowser.open(self._facts.card_page.as_uri())

    def _show(self, facts: AboutFacts) -> None:
        if not self.winfo_exists():
            return
        self._facts = facts
        self.figures.write(_model_words(facts.model))
        set_enabled(self.card_button, facts.card_page is not None)
        self.licences.write(_licence_words(facts))

    def _fail(self, error: AppError) -> None:
        if self.winfo_exists():
            self.figures.write(f"⚠ {error}")


def _model_words(model: ModelExcerpt) -> str:
    if model.card is None or model.match is not CardMatch.EXACT:
        return _("No card describes this model file; how good it is, is not known.")
    lines = []
    if model.accuracy is not None:
        lines.append(figures_note(model))
    lines += ["", _("Limits:"), *(f"•  {limit}" for limit in model.card.limits)] if model.card.limits else []
    return "\n".join(lines)


def _licence_words(facts: AboutFacts) -> str:
    if facts.notices:
        return facts.notices
    if not facts.licences:
        return _("The libraries could not be listed; the program was not installed as a package.")
    unnamed = _("see its own files")
    return "\n".join(f"{each.library} {each.version}: {each.terms or unnamed}" for each in facts.licences)
