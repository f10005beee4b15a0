"""Words and icons on a strip can be read by day and by night."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator

import pytest
import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.ui.line_words import LineWords
from emotion_gui.ui.look import Look, wear
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.palette import DARK, LIGHT, Palette, contrast
from emotion_gui.ui.situation import Situation
from emotion_gui.ui.situation_looks import LOOKS, Role
from emotion_gui.ui.stage_line import StageLine

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True)
def _by_day_afterwards(root: ttk.App) -> Iterator[None]:
    yield
    wear(root, Look())


def _drawn(label: ttk.Label) -> tuple[str, str]:
    """Its colours as the theme has them: text, ground."""
    style = ttk.Style.get_instance()
    return tuple(str(style.lookup(str(label.cget("style")), part)) for part in ("foreground", "background"))  # type: ignore[return-value]  # there are two


def _is_near(ground: str, palette: Palette) -> bool:
    """Whether it is a shade of the window's own ground; white by night would blind."""
    return contrast(ground, palette.ground) < 2.0


@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)])
def test_a_line_can_be_read(window: tk.Toplevel, root: ttk.App, dark: bool, palette: Palette) -> None:
    wear(root, Look(dark))
    line = StageLine(window)
    for role in Role:
        look = next((look for look in LOOKS.values() if look.role is role), None)
        if look:
            line.show(LineWords(look, role.value))
            assert contrast(*_drawn(line.text)) >= 4.5
            assert contrast(*_drawn(line.icon)) >= 3.0
            assert _is_near(_drawn(line.text)[1], palette)


@pytest.mark.parametrize("level", Level)
def test_a_notice_follows_the_theme_while_it_stands(window: tk.Toplevel, root: ttk.App, level: Level) -> None:
    banner = NoticeBanner(window, row=0)
    banner.tell(Notice(level, "Something."))
    for dark, palette in ((True, DARK), (False, LIGHT)):
        wear(root, Look(dark))
        window.update()
        for label in (banner.text, banner.hint):
            assert contrast(*_drawn(label)) >= 4.5
            assert _is_near(_drawn(label)[1], palette)
        assert contrast(*_drawn(banner.icon)) >= 3.0


def test_an_empty_line_has_no_colour(window: tk.Toplevel) -> None:
    line = StageLine(window)
    plain = _drawn(line.text)[1]
    line.show(LineWords(LOOKS[Situation.NO_FACE], "No face"))
    assert _drawn(line.text)[1] != plain
    line.show(LineWords())
    assert _drawn(line.text)[1] == plain
