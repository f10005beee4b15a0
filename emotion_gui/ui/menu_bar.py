"""The menu bar and its keys, from one table of commands."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import ttkbootstrap as ttk

from emotion_gui.core.translation import _

# Where these have the keyboard, Space and single letters are text.
TEXT_CLASSES = frozenset({"Entry", "TEntry", "Text", "TSpinbox", "Spinbox", "TCombobox"})


@dataclass(frozen=True)
class Key:
    """A shortcut.

    Attributes:
        name: Tk's name of the key: 'o', 'F5', 'space'.
        title: The key as a person reads it: 'O', 'F5', 'Space'.
        control: With Ctrl, or Command on a Mac.
        shift: With Shift.
        typed: True where the key also types a character; it then does nothing in a text field.
    """

    name: str
    title: str
    control: bool = False
    shift: bool = False
    typed: bool = False

    def sequence(self, *, mac: bool) -> str:
        """As Tk binds it: '<Control-o>'."""
        return "<" + ("Command-" if mac else "Control-") * self.control + "Shift-" * self.shift + self.name + ">"

    def accelerator(self, *, mac: bool) -> str:
        """As a menu shows it: 'Ctrl+O'; a Mac makes its signs of the English names."""
        if mac:
            return "Cmd+" * self.control + "Shift+" * self.shift + self.title
        held = [name for name, is_held in ((_("Ctrl"), self.control), (_("Shift"), self.shift)) if is_held]
        return "+".join([*held, _(self.title)])


@dataclass(frozen=True)
class Command:
    """One line of a menu.

    Attributes:
        label: Its words.
        action: What it does.
        key: Its shortcut.
        other_key: A second one.
        enabled: Whether it can be chosen now; always, where there is none.
        checked: Makes it a line with a tick, which is read whenever the menu opens.
        radio: Whether the tick is a dot, as where one of several is chosen.
    """

    label: str
    action: Callable[[], None]
    key: Key | None = None
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    radio: bool = False
    other_key: Key | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        """All its shortcuts."""
        return tuple(key for key in (self.key, self.other_key) if key)


# None stands for a separating line.
Menus = Mapping[str, Sequence[Command | None]]


def build_menu_bar(window: tk.Tk | tk.Toplevel, menus: Menus) -> ttk.Menu:
    """Put the menus on a window and bind their keys to it."""
    bar = ttk.Menu(window)
    mac = is_mac(window)
    for (title, commands), letter in zip(menus.items(), underlined(list(menus)), strict=True):
        bar.add_cascade(label=title, menu=build_menu(bar, commands), underline=letter)
        for command in filter(None, commands):
            for key in command.keys:
                _bind(window, command, key, mac=mac)
    window.configure(menu=bar)
    return bar


def build_menu(parent: tk.Misc, commands: Sequence[Command | None]) -> ttk.Menu:
    """Build one menu; the keys in it are only shown."""
    menu = ttk.Menu(parent, tearoff=False)
    mac = is_mac(parent)
    ticks: dict[int, tk.BooleanVar] = {}
    letters = iter(underlined([command.label for command in commands if command]))
    for index, command in enumerate(commands):
        if command is None:
            menu.add_separator()
            continue
        accelerator = ", ".join(key.accelerator(mac=mac) for key in command.keys)
        letter = next(letters)
        if command.checked:
            ticks[index] = tk.BooleanVar(menu)
            add = partial(menu.add_radiobutton, value=True) if command.radio else menu.add_checkbutton
            add(
                label=command.label, command=command.action, variable=ticks[index], accelerator=accelerator,
                underline=letter,
            )  # fmt: skip
        else:
            menu.add_command(label=command.label, command=command.action, accelerator=accelerator, underline=letter)
    menu.configure(postcommand=lambda: _refresh(menu, commands, ticks))
    return menu


def underlined(titles: Sequence[str]) -> list[int]:
    """The letter of each title that opens it with Alt: the first that no other has; -1 where all are taken.

    In Spanish, 'Archivo' and 'Ayuda' begin alike.
    """
    taken: set[str] = set()
    places = []
    for title in titles:
        letters = title.lower()
        place = next((at for at, letter in enumerate(letters) if letter.isalpha() and letter not in taken), -1)
        taken.update(letters[place : place + 1] if place >= 0 else "")
        places.append(place)
    return places


def is_mac(widget: tk.Misc) -> bool:
    return str(widget.tk.call("tk", "windowingsystem")) == "aqua"


def _refresh(menu: ttk.Menu, commands: Sequence[Command | None], ticks: Mapping[int, tk.BooleanVar]) -> None:
    for index, command in enumerate(commands):
        if command and command.enabled:
            menu.entryconfigure(index, state="normal" if command.enabled() else "disabled")
        if command and command.checked:
            ticks[index].set(command.checked())


def _bind(window: tk.Tk | tk.Toplevel, command: Command, key: Key, *, mac: bool) -> None:
    def pressed(event: tk.Event[tk.Misc]) -> str | None:
        if key.typed and event.widget.winfo_class() in TEXT_CLASSES:
            return None
        if command.enabled is None or command.enabled():
            command.action()
        return "break"

    # Not bind_all: the keys of the main window must not act while a dialog is open.
    window.bind(key.sequence(mac=mac), pressed)
