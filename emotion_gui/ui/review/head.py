"""Who, when and what for, and the verdict of the session with what it does not mean."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.comparability import usable_share
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.nervousness import CAVEAT, Verdict
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.ui.review.wording import STATES, candidate_of, corrected_line
from emotion_gui.ui.theme import TITLE_FONT, Panel, muted_label, space, wrap_to_width
from emotion_gui.ui.wording import clock, moment, shortened

# State is told by word and shape; colour only repeats it.
_LOOKS = {
    Verdict.NERVOUS: ("▲", "warning"),
    Verdict.NOT_NERVOUS: ("●", "success"),
    Verdict.NOT_ENOUGH_DATA: ("○", "secondary"),
}


class ReviewHead(Panel):
    """Over the review: the session's facts, its verdict, and the button that exports it.

    Attributes:
        export_button: Opens the export menu that the window gives it.
    """

    def __init__(self, master: tk.Misc, record: SessionRecord) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1, uniform="half")
        self.columnconfigure(1, weight=1, uniform="half")
        self.export_button = ttk.Menubutton(self, text=_("Export"))
        self.export_button.grid(row=0, column=2, sticky="ne", padx=(space(self, 3), 0))
        facts, verdict = ttk.Frame(self), ttk.Frame(self)
        facts.grid(row=0, column=0, sticky="new", padx=(0, space(self, 4)))
        verdict.grid(row=0, column=1, sticky="new")
        self.name = ttk.Label(facts, text=shortened(" ".join(candidate_of(record).split()), 60), font=TITLE_FONT)
        self.name.pack(anchor="w")
        for text in facts_of(record):
            label = muted_label(facts, text)
            label.configure(justify="left")
            label.pack(anchor="w", fill="x")
            wrap_to_width(label)
        self._build_verdict(verdict, record)
        # Beside the verdict, because that is what it does not change.
        self.corrected = ttk.Label(verdict, justify="left")
        wrap_to_width(self.corrected)
        self.refresh(record)

    def _build_verdict(self, master: ttk.Frame, record: SessionRecord) -> None:
        judgement = record.judgement
        symbol, style = _LOOKS[judgement.verdict]
        self.verdict = ttk.Label(
            master, text=f"{symbol} {_(judgement.verdict.title)}", font=TITLE_FONT, bootstyle=style
        )
        self.verdict.pack(anchor="w")
        for label in (ttk.Label(master, text=judgement.reason), muted_label(master, _(CAVEAT))):
            label.configure(justify="left")
            label.pack(anchor="w", fill="x")
            wrap_to_width(label)

    def refresh(self, record: SessionRecord) -> None:
        """Say how many moments were set right."""
        text = corrected_line(len(record.corrections))
        self.corrected.configure(text=text)
        if text:
            self.corrected.pack(anchor="w", fill="x")
        else:
            self.corrected.pack_forget()


def facts_of(record: SessionRecord) -> tuple[str, ...]:
    """Two or three lines about a session: when, what for, how long, how usable; the model; the note."""
    info = record.info
    first = " · ".join(
        (
            moment(info.started_at),
            _(PURPOSES[info.purpose]),
            _(STATES[record.state]),
            _("{duration} counted").format(duration=clock(record.statistics.duration_s)),
            _("{share:.0f} % usable").format(share=100 * usable_share(record)),
        )
    )
    baseline = _("with a personal baseline") if record.baselines else _("without a personal baseline")
    second = _("Model {model}, {baseline}").format(model=info.provenance.model_name, baseline=baseline)
    note = " ".join(info.note.split())
    return (first, second, *([shortened(note, 160)] if note else []))
