from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.controller.status import Level, Notice, Offer
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
    assert banner.said == "The disk is full. Free some space."
    banner.close.invoke()
    window.update()
    assert not banner.winfo_viewable()


def test_tells_one_after_the_other(banner: NoticeBanner) -> None:
    banner.tell(FULL)
    banner.tell(SAVED)
    assert banner.text.cget("text").endswith("(1 more)")
    banner.dismiss()
    assert banner.said == "Saved report.png"


def test_does_not_pile_up_the_same_trouble(window: tk.Toplevel, banner: NoticeBanner) -> None:
    for _ in range(5):
        banner.tell(FULL)
    banner.dismiss()
    window.update()
    assert not banner.winfo_viewable()


def test_trouble_is_not_hidden_behind_old_news(banner: NoticeBanner) -> None:
    banner.tell(SAVED)
    banner.tell(FULL)
    assert banner.said == "The disk is full. Free some space."


def test_a_text_as_long_as_the_window_leaves_its_button(window: tk.Toplevel, banner: NoticeBanner) -> None:
    window.columnconfigure(0, weight=1)
    for words in range(5, 40, 5):
        banner.tell(Notice(Level.ERROR, "Platz " * words))
        window.update()
        assert banner.close.winfo_viewable()
        assert banner.close.winfo_rootx() + banner.close.winfo_width() <= window.winfo_rootx() + window.winfo_width()
        assert banner.close.winfo_width() >= banner.close.winfo_reqwidth()
        banner.dismiss()


def test_each_kind_looks_its_own_way(banner: NoticeBanner) -> None:
    icons = set()
    for level in Level:
        banner.tell(Notice(level, "Something."))
        icons.add(str(banner.icon.cget("style")))
        banner.dismiss()
    assert len(icons) == len(Level)


def test_what_can_be_done_is_a_button_and_goes_with_its_notice(window: tk.Toplevel, banner: NoticeBanner) -> None:
    done: list[str] = []
    banner.tell(Notice(Level.DONE, "Saved.", offers=(Offer("Open", lambda: done.append("open")),)))
    window.update()
    assert [str(button.cget("text")) for button in banner.offers] == ["Open"]
    banner.offers[0].invoke()
    assert done == ["open"]
    # It was opened, and may be wanted in its folder as well.
    assert banner.winfo_viewable()
    banner.close.invoke()
    banner.tell(FULL)
    assert not banner.offers


def test_what_comes_of_work_takes_its_place(window: tk.Toplevel, banner: NoticeBanner) -> None:
    banner.tell(Notice(Level.BUSY, "Saving...", topic="files"))
    window.update()
    assert not banner.close.winfo_viewable()
    height = banner.winfo_height()
    banner.tell(Notice(Level.DONE, "Saved.", topic="files"))
    window.update()
    assert banner.said == "Saved."
    assert banner.close.winfo_viewable()
    assert abs(banner.winfo_height() - height) <= 1
    banner.dismiss()
    window.update()
    assert not banner.winfo_viewable()
