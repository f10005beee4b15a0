"""Light and dark, and the size of text: how the window looks now, and the change while it is open.

Everything that has a colour of its own asks for it by its part: `paint(label, foreground="muted")`. What draws on a
canvas asks `palette()` and is told of a change by `on_new_look`.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from tkinter import font as tkfont
from typing import Any, Literal, TypeVar
from weakref import WeakKeyDictionary

import ttkbootstrap as ttk
from ttkbootstrap.style import Colors, StyleBuilderTTK, ThemeDefinition

from emotion_gui.core.settings import SYSTEM_THEME, TEXT_SIZES, Settings
from emotion_gui.ui.palette import DARK, LIGHT, Palette

Role = Literal[
    "ground", "text", "muted", "track", "accent", "on_accent", "shown", "success", "warning", "danger", "on_danger",
    "field", "border", "hover", "chosen", "disabled", "stage", "tip", "on_tip",
]  # fmt: skip

_Widget = TypeVar("_Widget", bound=tk.Misc)
_MODES: dict[bool, tuple[Literal["light", "dark"], Palette]] = {False: ("light", LIGHT), True: ("dark", DARK)}
_painted: WeakKeyDictionary[tk.Misc, dict[str, Role]] = WeakKeyDictionary()
_followers: dict[tk.Misc, Callable[[], None]] = {}


@dataclass(frozen=True)
class Look:
    """What the window wears: whether it is dark, and the size of its text in percent."""

    dark: bool = False
    text_size: int = 100

    @classmethod
    def of(cls, settings: Settings, *, system_is_dark: bool) -> Look:
        """What the user chose, or the system where the choice is left to it."""
        dark = system_is_dark if settings.theme == SYSTEM_THEME else settings.theme == "dark"
        return cls(dark, int(settings.text_size))

    @property
    def theme(self) -> str:
        """Ttkbootstrap's name of it; one for each size, because a theme keeps the pictures that it drew."""
        return f"emotion-{_MODES[self.dark][0]}-{self.text_size}"


@dataclass(frozen=True)
class _Measures:
    """What 100 % is on this display: pixels a point, and the sizes of the named fonts as Tk has them."""

    scaling: float
    fonts: dict[str, int]


_measures: WeakKeyDictionary[tk.Misc, _Measures] = WeakKeyDictionary()


class _Family(ttk.Theme):
    """Both themes in every size, with the palettes' colours and none mixed from them by rule."""

    def to_definitions(self) -> list[ThemeDefinition]:
        return [
            ThemeDefinition(Look(dark, int(size)).theme, _colors(palette), mode)
            for dark, (mode, palette) in _MODES.items()
            for size in TEXT_SIZES
        ]


def _colors(palette: Palette) -> Colors:
    return Colors(
        primary=palette.accent,
        secondary=palette.muted,
        success=palette.success,
        info=palette.accent,
        warning=palette.warning,
        danger=palette.danger,
        light=palette.track,
        dark=palette.text,
        bg=palette.ground,
        fg=palette.text,
        selectbg=palette.chosen,
        selectfg=palette.on_accent,
        border=palette.border,
        inputfg=palette.text,
        inputbg=palette.field,
        active=palette.hover,
    )


def _disabled(builder: StyleBuilderTTK, role: str = "background", surface: str | None = None) -> str:
    """Ttkbootstrap's own mix is so faint (1.6 : 1) that nobody can read which button cannot be pressed."""
    palette = LIGHT if builder.is_light_theme else DARK
    return palette.disabled if role == "text" else palette.track


def register() -> None:
    """Make the themes known; before or after there is a root."""
    StyleBuilderTTK.disabled = _disabled  # type: ignore[method-assign,assignment]  # there is no other way in
    ttk.Theme.register(_Family(name="emotion"))


def measure(root: tk.Misc) -> None:
    """Note what 100 % is, once the named fonts are made."""
    fonts = {name: int(tkfont.nametofont(name, root=root).cget("size")) for name in tkfont.names(root)}
    _measures[root] = _Measures(float(root.tk.call("tk", "scaling")), fonts)


def worn() -> Look:
    """What the window wears now."""
    style = ttk.Style.get_instance()
    if style is None:
        return Look()
    _family, mode, size = str(style.theme.name).split("-")
    return Look(mode == "dark", int(size))


def palette() -> Palette:
    """The colours of the theme in use."""
    return _MODES[worn().dark][1]


def wear(root: tk.Misc, look: Look) -> None:
    """Change the look of all windows; where the size changes, they must be built anew to be laid out by it."""
    if look.text_size != worn().text_size:
        _resize(root, look.text_size / 100)
    ttk.Style.get_instance().theme_use(look.theme)
    # A tooltip's style is the only one that ttkbootstrap gives colours of its own.
    colors = _MODES[look.dark][1]
    ttk.Style.get_instance().configure(
        "tooltip.TLabel", background=colors.tip, foreground=colors.on_tip, bordercolor=colors.tip, relief="flat"
    )
    _mark_focus(root, colors)
    for widget, roles in list(_painted.items()):
        _paint(widget, roles)
    for follow in list(_followers.values()):
        follow()


def _mark_focus(root: tk.Misc, colors: Palette) -> None:
    """Let a notebook's tab show that it has the keyboard, which ttkbootstrap does not."""
    style = ttk.Style.get_instance()
    # The style is only made with the first notebook of a theme.
    ttk.Notebook(root).destroy()
    others = [entry for entry in style.map("TNotebook.Tab", "foreground") if entry[0] != "focus"]
    style.map("TNotebook.Tab", foreground=[("focus", colors.accent), *others])


def _resize(root: tk.Misc, factor: float) -> None:
    """Scale what is measured in points and, through Tk's own scaling, all lengths and drawn parts of the theme."""
    base = _measures[root]
    root.tk.call("tk", "scaling", base.scaling * factor)
    for name, size in base.fonts.items():
        # Sizes in points follow the scaling once they are set again; negative ones are pixels and do not.
        tkfont.nametofont(name, root=root).configure(size=size if size > 0 else round(size * factor))


def paint(widget: _Widget, **roles: Role) -> _Widget:
    """Give options of a widget the colours of their parts, now and after every change of the theme.

    Args:
        widget: Any widget.
        **roles: The part for each option: `foreground="muted"`.

    Returns:
        The widget.
    """
    _painted.setdefault(widget, {}).update(roles)
    _paint(widget, _painted[widget])
    return widget


def on_new_look(widget: tk.Misc, follow: Callable[[], None]) -> None:
    """Have `follow` called after every change of the theme for as long as the widget is there."""
    if widget not in _followers:
        widget.bind("<Destroy>", lambda event: _followers.pop(event.widget, None), add="+")
    _followers[widget] = follow


def _paint(widget: tk.Misc, roles: dict[str, Role]) -> None:
    colors = palette()
    options: dict[str, Any] = {option: getattr(colors, role) for option, role in roles.items()}
    if _exists(widget):
        widget.configure(**options)


def _exists(widget: tk.Misc) -> bool:
    with suppress(tk.TclError):
        return bool(widget.winfo_exists())
    return False
