"""The windows that ask before anybody is watched, with the clicks and keys of a person."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from tkinter import font as tkfont

import pytest
import ttkbootstrap as ttk

from emotion_gui.core.consent import AskedOf
from emotion_gui.core.consent_texts import consent_question, recruitment_notice
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.session.consent_window import AgreementWindow, ConsentWindow, NoticeWindow
from tests.keys import press_key

pytestmark = pytest.mark.gui

QUESTION = consent_question(SourceSpec("camera", "0"), 90)
MAKERS: dict[str, Callable[[tk.Misc], AgreementWindow]] = {
    "camera": lambda master: ConsentWindow(master, QUESTION),
    "recording": lambda master: ConsentWindow(master, consent_question(SourceSpec("file", "a.mp4"), 0)),
    "notice": lambda master: NoticeWindow(master, recruitment_notice()),
}


@pytest.fixture
def asked(window: tk.Toplevel) -> ConsentWindow:
    made = ConsentWindow(window, QUESTION)
    made.show(made.text)
    made.update()
    return made


def _click(widget: tk.Misc, x: int = 5, y: int = 5) -> None:
    widget.update()
    widget.event_generate("<Enter>", x=x, y=y)
    widget.event_generate("<Motion>", x=x, y=y)
    widget.event_generate("<ButtonPress-1>", x=x, y=y)
    widget.event_generate("<ButtonRelease-1>", x=x, y=y)


def test_every_box_begins_unticked(asked: ConsentWindow) -> None:
    assert set(asked.permissions) == {"keeps_video", "keeps_crops"}
    assert all(box.instate(["!selected", "!alternate"]) for box in asked.permissions.values())


def test_a_yes_by_the_mouse(asked: ConsentWindow) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    _click(asked.ok_button)
    consent = asked.answer
    assert consent is not None
    assert consent.agreed_at >= before
    assert consent.text_version == QUESTION.text.version
    assert consent.language == "en"
    assert (consent.keeps_video, consent.keeps_crops) == (False, False)
    assert consent.asked_of is AskedOf.CANDIDATE


@pytest.mark.parametrize("way", ["button", "escape", "closed"])
def test_a_no_in_every_way(window: tk.Toplevel, asked: ConsentWindow, way: str) -> None:
    if way == "button":
        _click(asked.cancel_button)
    elif way == "escape":
        press_key(asked.text, "<Escape>")
    else:
        window.tk.call(str(asked.protocol("WM_DELETE_WINDOW")))
    assert not asked.winfo_exists()
    assert asked.answer is None


def test_a_stray_return_agrees_to_nothing(asked: ConsentWindow) -> None:
    assert asked.focus_lastfor() is asked.text
    press_key(asked.text, "<Return>")
    press_key(asked.text, "<space>")
    for box in asked.permissions.values():
        press_key(box, "<Return>")
    assert asked.winfo_exists()
    assert asked.answer is None


def test_by_keys_alone(asked: ConsentWindow) -> None:
    """Tab from the text over both boxes and No to the button that agrees; Space ticks, and presses."""
    asked.geometry("700x360")
    asked.update()
    first, second = asked.permissions.values()
    assert not second.winfo_viewable()
    visited = [press_tab(asked.text)]
    for _ in range(3):
        visited.append(press_tab(visited[-1]))
        assert visited[-1].winfo_viewable()
    assert visited[:2] == [first, second]
    assert set(visited[2:]) == {asked.ok_button, asked.cancel_button}
    press_key(second, "<space>")
    press_key(asked.ok_button, "<space>")
    consent = asked.answer
    assert consent is not None
    assert (consent.keeps_video, consent.keeps_crops) == (False, True)


def press_tab(widget: tk.Misc) -> tk.Misc:
    press_key(widget, "<Tab>")
    focused = widget.focus_get()
    assert focused is not None
    return focused


@pytest.mark.parametrize("index", [0, 1])
def test_a_box_is_ticked_by_its_words_too(asked: ConsentWindow, index: int) -> None:
    name, box = list(asked.permissions.items())[index]
    start = asked.text.tag_ranges(name)[0]
    asked.text.see(start)
    asked.update()
    bounds = asked.text.bbox(start)
    assert bounds is not None
    _click(asked.text, bounds[0] + 3, bounds[1] + 3)
    assert box.instate(["selected"])
    _click(box)
    assert box.instate(["!selected"])


def test_the_text_scrolls_by_keys_and_cannot_be_changed(asked: ConsentWindow) -> None:
    asked.geometry("700x360")
    asked.update()
    assert asked.text.yview()[1] < 1.0
    for _ in range(40):
        press_key(asked.text, "<Down>")
    assert asked.text.yview()[1] == 1.0
    before = asked.text.get("1.0", "end")
    press_key(asked.text, "<x>")
    assert asked.text.get("1.0", "end") == before


def test_the_notice_waits_for_its_box(window: tk.Toplevel) -> None:
    notice = NoticeWindow(window, recruitment_notice())
    notice.show(notice.text)
    notice.update()
    _click(notice.ok_button)
    assert notice.winfo_exists()
    _click(notice.box)
    _click(notice.ok_button)
    assert not notice.winfo_exists()
    assert notice.accepted


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def text_size(root: ttk.App, request: pytest.FixtureRequest) -> Iterator[float]:
    """The system's text size, as a person with weak eyes sets it."""
    fonts = [tkfont.nametofont(name, root=root) for name in tkfont.names(root)]
    before = [font.cget("size") for font in fonts]
    for font, size in zip(fonts, before, strict=True):
        font.configure(size=round(size * request.param))
    yield request.param
    for font, size in zip(fonts, before, strict=True):
        font.configure(size=size)


@pytest.mark.parametrize("kind", MAKERS)
def test_everything_can_be_read_on_the_smallest_screen(
    window: tk.Toplevel, monkeypatch: pytest.MonkeyPatch, kind: str, text_size: float
) -> None:
    monkeypatch.setattr(AgreementWindow, "winfo_screenwidth", lambda _: 1024)
    monkeypatch.setattr(AgreementWindow, "winfo_screenheight", lambda _: 600)
    asked = MAKERS[kind](window)
    asked.show(asked.text)
    asked.update()
    assert asked.winfo_width() <= 1024
    assert asked.winfo_height() <= 600
    for button in (asked.ok_button, asked.cancel_button):
        assert button.winfo_viewable()
        assert button.winfo_width() >= button.winfo_reqwidth()
        bottom = button.winfo_rooty() - asked.winfo_rooty() + button.winfo_height()
        assert bottom <= asked.winfo_height()
    # Some lines at a time, and all of them by scrolling.
    line = tkfont.nametofont("TkDefaultFont", root=asked).metrics("linespace")
    assert asked.text.winfo_height() >= 4 * line, text_size
    asked.text.see("end")
    asked.update()
    assert asked.text.bbox("end-2c") is not None
    asked.cancel()
