"""Thresholds to play with, and the verdict that they would have given."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from dataclasses import Field, replace
from typing import Any

import ttkbootstrap as ttk

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import Judgement, NervousnessRule
from emotion_gui.core.rule_presets import OWN_THRESHOLDS, RULE_PRESETS, preset_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.settings import Settings, kind_of, option_of
from emotion_gui.core.translation import N_, _
from emotion_gui.core.what_if import RULE_FIELDS, preset_rule, settings_of, try_rule
from emotion_gui.ui.look import paint
from emotion_gui.ui.review.wording import name_of
from emotion_gui.ui.theme import STRONG_FONT, muted_label, pixels, space, wrap_to_width

_SESSION = N_("As in the session")
_SECONDS = "min_face_s"
_TEXT_WIDTH = 290


class WhatIfPanel(ttk.Frame):
    """Entries for a rule's values, filled with those of the session; nothing of it is ever stored.

    Args:
        master: The parent widget.
        record: The session that is judged.

    Attributes:
        entries: The inputs of the numbers by the settings' field names.
    """

    def __init__(self, master: tk.Misc, record: SessionRecord) -> None:
        super().__init__(master, padding=space(master, 2))
        self._record = record
        self._filling = False
        self._values: dict[str, tk.StringVar] = {}
        self.entries: dict[str, ttk.Entry] = {}
        self.disgust = tk.BooleanVar(self)
        for column in (0, 2):
            self.columnconfigure(column, weight=1)
        self._build_preset()
        self._build_fields()
        self.problem = paint(ttk.Label(self, justify="left"), foreground="danger")
        self.original = ttk.Label(self, justify="left")
        self.tried = ttk.Label(self, font=STRONG_FONT, justify="left")
        self.remark = muted_label(self, _("The record keeps its own verdict; trying other thresholds stores nothing."))
        self.remark.configure(justify="left")
        for row, label in enumerate((self.problem, self.original, self.tried, self.remark), start=6):
            label.grid(row=row, column=0, columnspan=4, sticky="ew", pady=(space(self, 1) // 2, 0))
            label.configure(wraplength=pixels(self, _TEXT_WIDTH))
            wrap_to_width(label)
        self.problem.grid_remove()
        self.show_rule(record.info.rule)

    def _build_preset(self) -> None:
        row = ttk.Frame(self)
        row.grid(row=0, column=0, columnspan=4, sticky="ew", pady=(0, space(self, 1)))
        self._presets = {_(_SESSION): "", **{_(name): name for name in RULE_PRESETS}}
        width = max(map(len, (*self._presets, _(OWN_THRESHOLDS))))
        self.preset = ttk.Combobox(row, values=list(self._presets), state="readonly", width=width)
        self.preset.pack(side="left")
        tick = ttk.Checkbutton(row, text=_("Disgust counts"), variable=self.disgust, command=self._changed)
        tick.pack(side="right")
        self.preset.bind("<<ComboboxSelected>>", lambda event: self.choose_preset(self.preset.get()))

    def _build_fields(self) -> None:
        thresholds = [entry for entry in RULE_FIELDS if entry.name.startswith("threshold_")]
        seconds = [entry for entry in RULE_FIELDS if entry.name == _SECONDS]
        heading = muted_label(self, _("Nervous where its share of face time is over:"))
        heading.configure(wraplength=pixels(self, _TEXT_WIDTH), justify="left")
        heading.grid(row=1, column=0, columnspan=4, sticky="ew")
        wrap_to_width(heading)
        for index, entry in enumerate([*thresholds, *seconds]):
            row, column = 2 + index % 4, 2 * (index // 4)
            self._build_field(entry, row, column)

    def _build_field(self, entry: Field[Any], row: int, column: int) -> None:
        gap = space(self, 1)
        ttk.Label(self, text=_label(entry)).grid(row=row, column=column, sticky="w", padx=(2 * column, gap))
        cell = ttk.Frame(self)
        cell.grid(row=row, column=column + 1, sticky="e")
        self._values[entry.name] = value = tk.StringVar(self)
        self.entries[entry.name] = ttk.Entry(cell, textvariable=value, width=5, justify="right")
        self.entries[entry.name].pack(side="left")
        ttk.Label(cell, text=option_of(entry).unit, width=2).pack(side="left", padx=(gap // 2, 0))
        value.trace_add("write", lambda *event: self._changed())

    def choose_preset(self, title: str) -> None:
        """Fill in the values of a preset, or those of the session."""
        name = self._presets.get(title, "")
        self.show_rule(preset_rule(name) if name else self._record.info.rule)

    def show_rule(self, rule: NervousnessRule) -> None:
        """Fill in a rule."""
        settings = settings_of(rule)
        self._filling = True
        for name, value in self._values.items():
            number = getattr(settings, name)
            value.set("" if number is None else f"{number:g}")
        self.disgust.set(settings.count_disgust)
        self._filling = False
        self._changed()

    def _changed(self) -> None:
        if self._filling:
            return
        try:
            settings = self._read()
        except (ValueError, AppError) as error:
            self.problem.configure(text=f"⚠ {error}")
            self.problem.grid()
            self.tried.configure(text="")
            return
        self.problem.grid_remove()
        self._show_preset(settings)
        outcome = try_rule(self._record.statistics, self._record.info.rule, settings.rule)
        self.original.configure(
            text=_("By the thresholds of the session: {verdict}").format(verdict=_told(outcome.original))
        )
        self.tried.configure(text=_("With these: {verdict}").format(verdict=_told(outcome.tried)))

    def _read(self) -> Settings:
        values: dict[str, Any] = {
            entry.name: option_of(entry).parse(self._values[entry.name].get(), kind_of(entry.name))
            for entry in RULE_FIELDS
            if entry.name in self._values
        }
        return replace(Settings(), **values, count_disgust=self.disgust.get())

    def _show_preset(self, settings: Settings) -> None:
        name = preset_of(settings)
        if settings.rule == self._record.info.rule:
            self.preset.set(_(_SESSION))
        else:
            self.preset.set(_(name if name in RULE_PRESETS else OWN_THRESHOLDS))


def _told(judgement: Judgement) -> str:
    return f"{_(judgement.verdict.title)} - {judgement.reason}"


_TITLES: Mapping[str, str] = {_SECONDS: N_("Verdict after")}


def _label(entry: Field[Any]) -> str:
    if entry.name in _TITLES:
        return _(_TITLES[entry.name])
    emotion = next(each for each in EMOTIONS if entry.name == f"threshold_{each.value}")
    return name_of(emotion)
