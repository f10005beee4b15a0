"""Last page: where sessions are kept and for how long, and the resting face."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import ttkbootstrap as ttk

from emotion_gui.core.translation import _, plural
from emotion_gui.ui.first_run.page import Page
from emotion_gui.ui.menu_bar import Key, is_mac
from emotion_gui.ui.theme import STRONG_FONT, Panel, space


class KeepingPage(Page):
    """The folder, the days, and the offer to calibrate.

    Args:
        master: The parent widget.
        folder: Where the sessions are.
        keep_days: How long they are kept; 0 for ever.
        show: Shows the folder in the system's file window.

    Attributes:
        path: The folder, to read or copy.
        open: Shows the folder.
    """

    def __init__(self, master: tk.Misc, folder: Path, keep_days: int, show: Callable[[Path], None]) -> None:
        super().__init__(master, _("Where your sessions stay"))
        self.say(_("Everything stays on this computer, in this folder. Nothing is sent anywhere."), gap=2)
        row = Panel(self)
        row.pack(fill="x", pady=(0, space(self, 2)))
        self.path = ttk.Entry(row)
        self.path.insert(0, str(folder))
        self.path.configure(state="readonly")
        self.path.pack(side="left", fill="x", expand=True)
        self.open = ttk.Button(row, text=_("Open folder"), command=lambda: show(folder))
        self.open.bind("<space>", lambda _: self.open.invoke())
        self.open.pack(side="left", padx=(space(self, 2), 0))
        self.say(_kept(keep_days), gap=6)
        ttk.Label(self, text=_("Optional: calibrate"), font=STRONG_FONT).pack(anchor="w", pady=(0, space(self, 1)))
        key = Key("b", "B", control=True).accelerator(mac=is_mac(self))
        self.say(
            _(
                "Some faces look sad or angry at rest. In a session, {key} measures the resting face for fifteen "
                "seconds, and results are corrected by it."
            ).format(key=key),
            gap=6,
        )
        self.say(_("Help > Show the introduction... brings these pages back."), gap=0)


def _kept(days: int) -> str:
    if days == 0:
        return _("Sessions are kept until you delete them; Settings > Records changes that.")
    return plural(
        "After {count} day, a session is offered for deletion; Settings > Records changes that.",
        "After {count} days, sessions are offered for deletion; Settings > Records changes that.",
        days,
    )
