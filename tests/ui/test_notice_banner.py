from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.controller.status import Level, Notice
from emotion_gui.ui.notice_banner import NoticeBanner

pytestmark = pytest.mark.gui

FULL = Notice(Level.ERROR, "The disk is full.", "Free some space.")
SAVED = Notice(Level.INFO, "Saved report.png")


@pytest.fixture
def banner(window: tk.Toplevel) -> NoticeBanner:
    return NoticeBanner(window, row=0)


def test_takes_no_room_while_there_is_nothing_to_tell(window: tk.Toplevel, banner: NoticeBanner) -> None:
    window.update()
    assert not banner.winfo_viewable()


def test_stays_until_it_is_dismissed(window: tk.Toplevel, banner: NoticeBanner) -> None:
    banner.tell(FULL)
    window.update()
    assert banner.winfo_viewable()
    assert banner.text.cget("text") == "⚠  The disk is full. Free some space."
    banner.close.invoke()
    window.update()
    assert not banner.winfo_viewable()


def test_tells_one_after_the_other(banner: NoticeBanner) -> None:
    banner.tell(FULL)
    banner.tell(SAVED)
    assert banner.text.cget("text").endswith("(1 more)")
    banner.dismiss()
    assert banner.text.cget("text") == "✓  Saved report.png"


def test_does_not_pile_up_the_same_trouble(window: tk.Toplevel, banner: NoticeBanner) -> None:
    for _ in range(5):
        banner.tell(FULL)
    banner.dismiss()
    window.update()
    assert not banner.winfo_viewable()


def test_trouble_is_not_hidden_behind_old_news(banner: NoticeBanner) -> None:
    banner.tell(SAVED)
    banner.tell(FULL)
    assert banner.text.cget("text") == "⚠  The disk is full. Free some space."


def test_a_text_as_long_as_the_window_leaves_its_button(window: tk.Toplevel, banner: NoticeBanner) -> None:
    window.columnconfigure(0, weight=1)
    for words in range(5, 40, 5):
        banner.tell(Notice(Level.ERROR, "Platz " * words))
        window.update()
        assert banner.close.winfo_viewable()
        assert banner.close.winfo_rootx() + banner.close.winfo_width() <= window.winfo_rootx() + window.winfo_width()
        assert banner.close.winfo_width() >= banner.close.winfo_reqwidth()
        banner.dismiss()
