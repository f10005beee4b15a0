from __future__ import annotations

import tkinter as tk

import numpy as np
import pytest

from emotion_gui.ui.picture_canvas import PictureCanvas

pytestmark = pytest.mark.gui


@pytest.fixture
def canvas(window: tk.Toplevel) -> PictureCanvas:
    canvas = PictureCanvas(window, background="stage", on_resize=lambda *_: None)
    canvas.pack(fill="both", expand=True)
    window.update()
    return canvas


def photo_of(canvas: PictureCanvas) -> str:
    return str(canvas.tk.call(str(canvas), "itemcget", 1, "-image"))


def test_a_picture_of_the_same_size_reuses_the_photo(canvas: PictureCanvas) -> None:
    canvas.show(np.zeros((48, 64, 3), np.uint8))
    first = photo_of(canvas)
    canvas.show(np.full((48, 64, 3), 200, np.uint8))
    assert photo_of(canvas) == first
    assert canvas.tk.call(first, "get", 5, 5) in {(200, 200, 200), "200 200 200"}


def test_a_picture_of_another_size_is_shown_whole(canvas: PictureCanvas) -> None:
    canvas.show(np.zeros((48, 64, 3), np.uint8))
    canvas.show(np.zeros((100, 200, 3), np.uint8))
    assert canvas.picture_size == (200, 100)


def test_clear_leaves_nothing(canvas: PictureCanvas) -> None:
    canvas.show(np.zeros((48, 64, 3), np.uint8))
    canvas.clear()
    assert canvas.picture_size is None
    assert photo_of(canvas) == ""


def test_a_large_picture_does_not_push_the_window(window: tk.Toplevel, canvas: PictureCanvas) -> None:
    before = (window.winfo_width(), window.winfo_height())
    canvas.show(np.zeros((3000, 4000, 3), np.uint8))
    window.update()
    assert (window.winfo_width(), window.winfo_height()) == before


def test_tells_its_size(window: tk.Toplevel) -> None:
    sizes: list[tuple[int, int]] = []
    canvas = PictureCanvas(window, background="stage", on_resize=lambda *size: sizes.append(size))
    canvas.pack(fill="both", expand=True)
    window.update()
    assert sizes[-1] == (canvas.winfo_width(), canvas.winfo_height())


def test_a_click_tells_its_place_in_the_picture(window: tk.Toplevel) -> None:
    places: list[tuple[float, float]] = []
    canvas = PictureCanvas(
        window, background="stage", on_resize=lambda *_: None, on_pick=lambda x, y: places.append((x, y))
    )
    canvas.pack(fill="both", expand=True)
    window.update()
    middle = canvas.winfo_width() // 2, canvas.winfo_height() // 2
    canvas.event_generate("<ButtonRelease-1>", x=middle[0], y=middle[1])
    assert places == []
    canvas.show(np.zeros((100, 200, 3), np.uint8))
    canvas.event_generate("<ButtonRelease-1>", x=middle[0] + 50, y=middle[1] - 25)
    assert places[0] == pytest.approx((0.75, 0.25), abs=0.01)
    # What is beside the picture is not of it.
    canvas.event_generate("<ButtonRelease-1>", x=middle[0] + 101, y=middle[1])
    assert len(places) == 1
