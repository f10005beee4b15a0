"""Light and dark, and the size of text: what changes, and that it can be read."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import pytest
import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.settings import TEXT_SIZES, THEMES, Settings
from emotion_gui.export.chart_theme import TEXT_ON_EMOTION
from emotion_gui.ui.look import Look, on_new_look, paint, palette, wear, worn
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.palette import DARK, LIGHT, Palette, contrast
from emotion_gui.ui.theme import muted_label, pixels
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

READABLE, RECOGNIZABLE = 4.5, 3.0
_TEXT_PAIRS = [
    *((role, ground) for role in ("text", "muted", "accent", "success", "warning", "danger") for ground in ("ground",)),
    ("text", "hover"), ("text", "field"), ("on_accent", "chosen"), ("on_accent", "accent"),
    ("on_danger", "danger"), ("on_tip", "tip"),
]  # fmt: skip

both_themes = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])


@both_themes
@pytest.mark.parametrize("pair", _TEXT_PAIRS, ids=" on ".join)
def test_text_stands_out_from_its_ground(colors: Palette, pair: tuple[str, str]) -> None:
    text, ground = (getattr(colors, role) for role in pair)
    assert contrast(text, ground) >= READABLE


@both_themes
def test_what_is_disabled_can_still_be_read(colors: Palette) -> None:
    assert contrast(colors.disabled, colors.ground) >= RECOGNIZABLE


def test_text_on_the_seven_colours_stands_out() -> None:
    assert min(contrast(TEXT_ON_EMOTION[emotion], emotion.color) for emotion in EMOTIONS) >= READABLE


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("theme", "system_is_dark", "dark"),
    [("system", True, True), ("system", False, False), ("light", True, False), ("dark", False, True)],
)
def test_the_theme_is_the_systems_unless_one_was_chosen(theme: str, system_is_dark: bool, dark: bool) -> None:
    assert Look.of(Settings(theme=theme), system_is_dark=system_is_dark) == Look(dark, 100)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request: pytest.FixtureRequest, window: tk.Toplevel, root: ttk.App) -> Iterator[bool]:
    """The whole test in one theme, then in the other."""
    wear(root, Look(dark=request.param))
    yield request.param


_Make = Callable[[tk.Misc], tk.Widget]
_WIDGETS: dict[str, _Make] = {
    "label": lambda master: ttk.Label(master, text="text"),
    "chrome label": lambda master: paint(ttk.Label(master, text="text", bootstyle="@chrome"), foreground="muted"),
    "muted label": lambda master: muted_label(master, "text"),
    "danger label": lambda master: ttk.Label(master, text="text", bootstyle="danger"),
    "warning label": lambda master: ttk.Label(master, text="text", bootstyle="warning"),
    "success label": lambda master: ttk.Label(master, text="text", bootstyle="success"),
    "button": lambda master: ttk.Button(master, text="text"),
    "primary button": lambda master: ttk.Button(master, text="text", bootstyle="primary"),
    "danger button": lambda master: ttk.Button(master, text="text", bootstyle="danger"),
    "outline button": lambda master: ttk.Button(master, text="text", bootstyle="danger-outline"),
    "ghost button": lambda master: ttk.Button(master, text="text", bootstyle="ghost"),
    "chrome button": lambda master: ttk.Button(master, text="text", bootstyle="ghost @chrome"),
    "check": lambda master: ttk.Checkbutton(master, text="text"),
    "menu button": lambda master: ttk.Menubutton(master, text="text", bootstyle="ghost"),
    "entry": ttk.Entry,
    "combobox": ttk.Combobox,
    "list": ttk.Treeview,
}


@pytest.mark.gui
@pytest.mark.parametrize("name", _WIDGETS)
def test_widgets_can_be_read_in_every_state(window: tk.Toplevel, dark: bool, name: str) -> None:
    widget = _WIDGETS[name](window)
    for state, least in (("", READABLE), ("hover", READABLE), ("pressed", READABLE), ("disabled", RECOGNIZABLE)):
        text, ground = _colors_of(widget, state)
        assert contrast(text, ground) >= least, (state, text, ground)


@pytest.mark.gui
def test_what_is_chosen_in_a_list_can_be_read(window: tk.Toplevel, dark: bool) -> None:
    text, ground = _colors_of(ttk.Treeview(window), "selected")
    assert contrast(text, ground) >= READABLE


def _colors_of(widget: tk.Widget, state: str) -> tuple[str, str]:
    """Text and ground of a ttk widget as '#rrggbb'."""
    style = ttk.Style.get_instance()
    name = str(widget.cget("style")) or widget.winfo_class()
    states = [state] if state else []
    own = str(widget.cget("foreground")) if "foreground" in (widget.keys() or ()) else ""
    field = style.lookup(name, "fieldbackground", states) if widget.winfo_class() in {"TEntry", "TCombobox"} else ""
    found = own or style.lookup(name, "foreground", states), field or style.lookup(name, "background", states)
    text, ground = ("#" + "".join(f"{value // 256:02x}" for value in widget.winfo_rgb(str(color))) for color in found)
    return text, ground


@pytest.mark.gui
@pytest.mark.parametrize("level", list(Level))
def test_a_notice_can_be_read_before_and_after_the_change(window: tk.Toplevel, root: ttk.App, level: Level) -> None:
    banner = NoticeBanner(window, row=0)
    banner.tell(Notice(level, "Something happened."))
    grounds = []
    for dark in (False, True):
        wear(root, Look(dark))
        text, ground = _colors_of(banner.text, "")
        assert contrast(text, ground) >= READABLE
        grounds.append(contrast(ground, "#ffffff"))
    # Pale by day, deep by night.
    assert grounds[0] < 2
    assert grounds[1] > 8


@pytest.mark.gui
def test_painted_colours_follow_the_theme(window: tk.Toplevel, root: ttk.App) -> None:
    label, seen = paint(ttk.Label(window), foreground="muted"), []
    on_new_look(label, lambda: seen.append(palette()))
    wear(root, Look(dark=True))
    assert (str(label.cget("foreground")), seen) == (DARK.muted, [DARK])
    paint(label, foreground="warning")
    wear(root, Look(dark=False))
    assert str(label.cget("foreground")) == LIGHT.warning
    label.destroy()
    wear(root, Look(dark=True))
    assert len(seen) == 2


@pytest.mark.gui
def test_larger_text_takes_everything_with_it_and_back(window: tk.Toplevel, root: ttk.App) -> None:
    def sizes() -> tuple[int, ...]:
        button = ttk.Button(window, text="Start", icon="film")
        return pixels(window, 100), button.winfo_reqwidth(), button.winfo_reqheight(), root.winfo_pixels("1i")

    before = sizes()
    wear(root, Look(text_size=200))
    doubled = sizes()
    wear(root, Look())
    assert all(1.8 * small <= large <= 2.2 * small for small, large in zip(before, doubled, strict=True))
    assert sizes() == before


@pytest.mark.gui
def test_every_choice_of_the_settings_can_be_worn(window: tk.Toplevel, root: ttk.App) -> None:
    for theme in THEMES:
        for size in TEXT_SIZES:
            look = Look.of(Settings(theme=theme, text_size=size), system_is_dark=True)
            wear(root, look)
            assert worn() == look


@pytest.mark.gui
def test_the_window_follows_the_system_and_the_user(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    system = {"dark": True}
    main = MainWindow(window, controller, dialogs, system_is_dark=lambda: system["dark"])
    assert worn().dark
    main.start()
    wait_until(lambda: controller.dark_charts.get("charts"))
    system["dark"] = False
    wait_until(lambda: not worn().dark and not controller.dark_charts["charts"])
    main.choose_theme("dark")
    assert worn().dark
    assert controller.settings.theme == "dark"
    assert str(main.charts.canvas.cget("background")) == DARK.ground


@pytest.mark.gui
def test_a_session_goes_on_while_the_text_grows(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, controller, dialogs)
    main.start()
    main.session_panel.start_for("Ada")
    session, panel = controller.session, main.session_panel
    controller.apply_settings(replace(controller.settings, text_size="150"))
    wait_until(lambda: main.session_panel is not panel)
    assert controller.session is session
    main.session_panel.refresh()
    assert main.session_panel.stop_button.instate(["!disabled"])
    assert worn().text_size == 150


def test_every_role_is_a_colour() -> None:
    for colors in (LIGHT, DARK):
        for entry in fields(colors):
            assert len(getattr(colors, entry.name)) == 7
