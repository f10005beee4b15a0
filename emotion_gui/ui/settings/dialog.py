"""The settings dialog: tabs and lines come from the settings' own description."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import ttkbootstrap as ttk

from emotion_gui.core.errors import AppError
from emotion_gui.core.rule_presets import OWN_THRESHOLDS, RULE_PRESETS, preset_of
from emotion_gui.core.settings import RULE, Settings, kind_of, option_fields, option_of
from emotion_gui.core.translation import _
from emotion_gui.ui.look import paint
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.settings.fields import OptionField
from emotion_gui.ui.theme import pixels, space

_HELP_WIDTH, _HELP_HEIGHT, _REMARK_COLUMN = 600, 40, 316


class SettingsDialog(ModalWindow):
    """Shows settings and lets the user change them.

    Attributes:
        fields: The lines by the settings' field names.
        preset: The choice of the rule's preset, as words.
        result: The new settings once OK was pressed; None before and after Cancel.
    """

    def __init__(self, master: tk.Misc, settings: Settings) -> None:
        super().__init__(master, _("Settings"))
        self.result: Settings | None = None
        self._settings = settings
        self._filling = False
        self.fields: dict[str, OptionField] = {}
        self.preset = tk.StringVar(self)
        self.tabs = ttk.Notebook(self.body)
        self.tabs.pack(fill="both", expand=True)
        self._build_tabs()
        # Room for two lines from the start, so that the dialog keeps its height whatever is explained.
        foot = ttk.Frame(self.body, height=pixels(self, _HELP_HEIGHT))
        foot.pack_propagate(False)
        foot.pack(fill="x", pady=(space(self, 2), 0))
        wrap = pixels(self, _HELP_WIDTH)
        self.help = paint(ttk.Label(foot, wraplength=wrap, justify="left"), foreground="muted")
        self.help.pack(anchor="nw")
        self.restore_button = ttk.Button(self.buttons, text=_("Restore defaults"), command=self.restore_defaults)
        self.restore_button.pack(side="left")
        self._fill(settings)

    def restore_defaults(self) -> None:
        """Show the defaults of everything in the dialog; what the program remembers by itself stays."""
        defaults = Settings()
        self._fill(replace(self._settings, **{name: getattr(defaults, name) for name in self.fields}))

    def _preset_picked(self) -> None:
        self.choose_preset(next(name for name in RULE_PRESETS if _(name) == self.preset.get()))

    def choose_preset(self, name: str) -> None:
        """Fill the rule's lines with a preset's values."""
        self._filling = True
        for key, value in RULE_PRESETS[name].items():
            self.fields[key].set(value)
        self._filling = False
        self._changed()

    def accept(self) -> None:
        self.result = self._read()
        if self.result:
            super().accept()

    def _build_tabs(self) -> None:
        tabs: dict[str, ttk.Frame] = {}
        for entry in option_fields():
            option = option_of(entry)
            if option.group not in tabs:
                tabs[option.group] = self._add_tab(option.group)
            tab = tabs[option.group]
            field = OptionField(tab, tab.grid_size()[1], option=option, kind=kind_of(entry.name), changed=self._changed)
            field.on_attention(self._explain)
            self.fields[entry.name] = field

    def _add_tab(self, group: str) -> ttk.Frame:
        tab = ttk.Frame(self.tabs, padding=space(self, 4))
        tab.columnconfigure(2, weight=1, minsize=pixels(self, _REMARK_COLUMN))
        self.tabs.add(tab, text=_(group))
        if group == RULE:
            self._add_presets(tab)
        return tab

    def _add_presets(self, tab: ttk.Frame) -> None:
        gap = space(self, 1)
        ttk.Label(tab, text=_("Preset")).grid(row=0, column=0, sticky="w", pady=(gap, 3 * gap))
        names = [_(name) for name in RULE_PRESETS]
        width = max(map(len, (*names, _(OWN_THRESHOLDS))))
        box = ttk.Combobox(tab, textvariable=self.preset, values=names, state="readonly", width=width)
        box.grid(row=0, column=1, columnspan=2, sticky="w", pady=(gap, 3 * gap))
        box.bind("<<ComboboxSelected>>", lambda event: self._preset_picked())

    def _fill(self, settings: Settings) -> None:
        self._filling = True
        for name, field in self.fields.items():
            field.set(getattr(settings, name))
        self._filling = False
        self._changed()

    def _changed(self) -> None:
        if self._filling:
            return
        # A list first: every line shows its own problem, not only the first one that has any.
        checks = [field.check() for field in self.fields.values()]
        well = all(checks)
        settings = self._read() if well else None
        self.preset.set(_(preset_of(settings) if settings else OWN_THRESHOLDS))
        self.ok_button.state(["!disabled"] if settings else ["disabled"])

    def _read(self) -> Settings | None:
        try:
            return replace(self._settings, **{name: field.read() for name, field in self.fields.items()})
        except (ValueError, AppError):
            return None

    def _explain(self, text: str) -> None:
        self.help.configure(text=text)
