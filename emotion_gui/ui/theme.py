"""Spacing, type and the parts that every window is made of; the colours are `look`'s."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont
from tkinter.ttk import Frame

import ttkbootstrap as ttk

from emotion_gui.core.paths import icon_files
from emotion_gui.ui import look
from emotion_gui.ui.look import paint

APP_NAME = "Emotion GUI"

TITLE_FONT, STRONG_FONT, SMALL_FONT, FIGURE_FONT = "EmotionTitle", "EmotionStrong", "EmotionSmall", "EmotionFigure"
_GRID = 4
_WINDOW_CLASS = "Emotion-gui"
_WINDOW_WH, _SMALLEST_WH = (1280, 800), (1000, 540)
# What a window's frame and a task bar take.
_FRAME_HEIGHT = 40


def make_root(title: str) -> ttk.App:
    """The program's one root window, themed and still without content.

    Raises:
        tkinter.TclError: There is no display.
    """
    look.register()
    # App makes the process aware of the display's density before it starts Tk, which Windows needs. By its class, a
    # desktop finds the menu entry that a window belongs to.
    root = ttk.App(title=title, theme=look.Look().theme, high_dpi=True, iconphoto=None, className=_WINDOW_CLASS)
    _make_fonts()
    look.measure(root)
    look.wear(root, look.Look())
    # Tk keeps copies; of the sizes, the window manager takes the one that suits.
    icons = [tk.PhotoImage(master=root, file=file) for file in icon_files()]
    if icons:
        root.iconphoto(True, *icons)
    return root


def fit_to_screen(root: ttk.App) -> None:
    """Give the main window a size that suits the screen; the whole screen where that is small."""
    width, height = (pixels(root, size) for size in _WINDOW_WH)
    screen_w, screen_h = root.winfo_screenwidth(), root.winfo_screenheight()
    root.minsize(
        *(min(pixels(root, size), most) for size, most in zip(_SMALLEST_WH, (screen_w, screen_h), strict=True))
    )
    root.geometry(f"{min(width, screen_w)}x{min(height, screen_h)}")
    if width < screen_w and height < screen_h:
        root.place_window_center()
    elif root.tk.call("tk", "windowingsystem") == "x11":
        root.attributes("-zoomed", True)
    else:
        root.state("zoomed")


def _make_fonts() -> None:
    base = ttk.Fonts.describe("TkDefaultFont")
    family, size = str(base["family"]), abs(int(base["size"]))
    for name, step, weight in (
        (TITLE_FONT, 3, "bold"),
        (STRONG_FONT, 0, "bold"),
        (SMALL_FONT, -1, "normal"),
        (FIGURE_FONT, 4, "normal"),
    ):
        ttk.Fonts.create_alias(name, family=family, size=size + step, weight=weight)


def space(widget: tk.Misc, steps: int = 2) -> int:
    """Pixels of so many steps of the spacing grid, at the density of the widget's display."""
    return pixels(widget, steps * _GRID)


def pixels(widget: tk.Misc, size: int) -> int:
    """Pixels of a size that was drawn up for a display of 96 dots per inch."""
    return int(ttk.scale_size(widget, size))


def measured(widget: tk.Misc, text: str) -> int:
    """Pixels that a line of plain text is wide."""
    return tkfont.nametofont("TkDefaultFont", root=widget).measure(text)


class Panel(Frame):
    """A frame with a part of a window in it.

    Args:
        master: The parent widget.
        look: Ttkbootstrap's words for it: 'bordered', '@chrome'; empty for the plain ground.
        padding: Pixels kept free inside; one number, or one for left and right and one for top and bottom.
    """

    def __init__(self, master: tk.Misc, look: str = "", padding: int | tuple[int, int] = 0) -> None:
        super().__init__(master, padding=padding)
        if look:
            ttk.apply_bootstyle(self, look)


class Card(Panel):
    """A bordered group of one thing; fill it with widgets of `Card` as their master.

    Attributes:
        heading: Its title, on the screen where it has one.
    """

    def __init__(self, master: tk.Misc, title: str = "", padding: int = 3) -> None:
        super().__init__(master, "bordered", space(master, padding))
        self.columnconfigure(0, weight=1)
        self.heading = ttk.Label(self, text=title, font=STRONG_FONT)
        if title:
            self.heading.grid(row=0, column=0, columnspan=9, sticky="w", pady=(0, space(self, 1)))


def muted_label(master: tk.Misc, text: str = "") -> ttk.Label:
    """Small text in the quiet colour."""
    return paint(ttk.Label(master, text=text, font=SMALL_FONT), foreground="muted")


def wrap_to_width(label: ttk.Label) -> None:
    """Break a label's text at its own width, whatever that becomes."""

    def rewrap(event: tk.Event[tk.Misc]) -> None:
        # A label keeps a few pixels for itself; a line as wide as all of it would be cut.
        width = max(1, event.width - 4)
        # Setting the same length again would raise another <Configure> without end.
        if abs(int(str(label.cget("wraplength") or 0)) - width) > 1:
            label.configure(wraplength=width)

    label.bind("<Configure>", rewrap, add="+")


def set_enabled(widget: ttk.Button | ttk.Entry | ttk.Menubutton, enabled: bool) -> None:
    widget.state(["!disabled"] if enabled else ["disabled"])


def fit_window(window: tk.Toplevel, size_wh: tuple[int, int], least_wh: tuple[int, int]) -> None:
    """Give a window its size and the least that it can be dragged to, both within the screen.

    Args:
        window: Not shown yet.
        size_wh: Width and height at 96 dots per inch and 100 % text size.
        least_wh: The least, measured alike.
    """
    room = window.winfo_screenwidth(), window.winfo_screenheight() - pixels(window, _FRAME_HEIGHT)
    width, height = (min(pixels(window, size), most) for size, most in zip(size_wh, room, strict=True))
    window.geometry(f"{width}x{height}")
    window.minsize(*(min(pixels(window, size), most // 2) for size, most in zip(least_wh, room, strict=True)))


def place_over(window: tk.Toplevel, parent: tk.Misc) -> None:
    """Put a window that is not shown yet over the middle of another one, and wholly on the screen."""
    behind = parent.winfo_toplevel()
    window.update_idletasks()
    # Not what its content asks for: it may have been given a size.
    given = [int(size) for size in window.geometry().partition("+")[0].split("x")]
    # One that was given none has a single pixel until it is shown.
    asked = window.winfo_reqwidth(), window.winfo_reqheight()
    width, height = (size if size > 1 else wanted for size, wanted in zip(given, asked, strict=True))
    x = behind.winfo_rootx() + (behind.winfo_width() - width) // 2
    y = behind.winfo_rooty() + (behind.winfo_height() - height) // 3
    x = max(0, min(x, window.winfo_screenwidth() - width))
    y = max(0, min(y, window.winfo_screenheight() - height - pixels(window, _FRAME_HEIGHT)))
    window.geometry(f"+{x}+{y}")
