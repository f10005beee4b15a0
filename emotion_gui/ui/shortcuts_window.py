"""The sheet of shortcuts, made of the menus' own table."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.translation import _
from emotion_gui.ui.look import paint
from emotion_gui.ui.menu_bar import Command, Menus, is_mac
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.theme import STRONG_FONT, muted_label, pixels, space

_WORDS_WIDTH = 190


class ShortcutsWindow(ModalWindow):
    """Every line of the menus that has a key, under its menu's name.

    Attributes:
        lines: Words and keys as they are shown: ('Start', 'F5').
    """

    def __init__(self, master: tk.Misc, menus: Menus) -> None:
        super().__init__(master, _("Keyboard shortcuts"))
        self.lines: list[tuple[str, str]] = []
        self.cancel_button.destroy()
        self.ok_button.configure(text=_("Close"), width=max(8, len(_("Close"))))
        with_keys = {title: [each for each in lines if each and each.keys] for title, lines in menus.items()}
        columns = [ttk.Frame(self.body), ttk.Frame(self.body)]
        for number, column in enumerate(columns):
            column.grid(row=0, column=number, sticky="n", padx=(0 if number == 0 else space(self, 8), 0))
        # The longest menu has a column of its own, the others share one.
        longest = max(with_keys, key=lambda title: len(with_keys[title]))
        for title, commands in with_keys.items():
            if commands:
                self._add_menu(columns[title == longest], title, commands)
        hint = muted_label(self.body, _("Alt and the underlined letter opens a menu; Tab goes from field to field."))
        hint.grid(row=1, column=0, columnspan=2, sticky="w", pady=(space(self, 4), 0))

    def _add_menu(self, column: ttk.Frame, title: str, commands: list[Command]) -> None:
        row, gap = column.grid_size()[1], space(self, 1)
        heading = ttk.Label(column, text=title, font=STRONG_FONT)
        heading.grid(row=row, column=0, columnspan=2, sticky="w", pady=(3 * gap if row else 0, gap))
        mac = is_mac(self)
        for number, command in enumerate(commands, start=row + 1):
            words = command.label.removesuffix("...")
            keys = [key.accelerator(mac=mac) for key in command.keys]
            self.lines.append((words, ", ".join(keys)))
            label = ttk.Label(column, text=words, wraplength=pixels(self, _WORDS_WIDTH), justify="left")
            label.grid(row=number, column=0, sticky="w", pady=gap // 2, padx=(0, 6 * gap))
            caps = ttk.Frame(column)
            caps.grid(row=number, column=1, sticky="e", pady=gap // 2)
            for key in keys:
                cap = paint(ttk.Label(caps, text=key, padding=(2 * gap, gap // 2)), background="hover")
                cap.pack(side="left", padx=(gap, 0))
