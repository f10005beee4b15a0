"""A window comes back where it stood, and never where nobody can see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.window_place import Area, WindowPlace

_SMALLEST = (1000, 540)
_LAPTOP, _DESK_4K = Area(0, 0, 1366, 768), Area(0, 0, 3840, 2160)

lengths = st.integers(1, 20_000)
places = st.builds(WindowPlace, lengths, lengths, st.integers(-9999, 9999), st.integers(-9999, 9999), st.booleans())
areas = st.builds(Area, st.integers(-8000, 0), st.integers(-8000, 0), st.integers(640, 16_000), st.integers(480, 9000))


@given(places)
def test_what_is_kept_is_read_again(place: WindowPlace) -> None:
    assert WindowPlace.parse(str(place)) == place
    assert WindowPlace.parse(place.geometry) == WindowPlace(place.width, place.height, place.x, place.y)


@given(st.text() | st.from_regex(r"\A\d*x\d*[+-]\d*[+-]-?\d*( maximised)?\Z"))
def test_any_text_is_a_place_or_none(text: str) -> None:
    place = WindowPlace.parse(text)
    assert place is None or (place.width > 0 and place.height > 0 and WindowPlace.parse(str(place)) == place)


@given(places, areas)
def test_a_place_is_always_on_the_desktop(place: WindowPlace, desktop: Area) -> None:
    shown = place.within(desktop, _SMALLEST)
    assert desktop.x <= shown.x <= shown.x + shown.width <= desktop.x + desktop.width
    assert desktop.y <= shown.y <= shown.y + shown.height <= desktop.y + desktop.height
    assert shown.width >= min(_SMALLEST[0], desktop.width)
    assert shown.height >= min(_SMALLEST[1], desktop.height)
    assert shown.maximised == place.maximised
    assert shown.within(desktop, _SMALLEST) == shown


def test_what_fits_stays_as_it_was() -> None:
    place = WindowPlace(1280, 700, 40, 30)
    assert place.within(_LAPTOP, _SMALLEST) == place


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        # From 4K to the laptop: smaller than its screen, so that frame and task bar have room.
        (WindowPlace(2560, 1440, 600, 300), WindowPlace(1326, 678, 40, 90)),
        # The screen on the right is gone, and the one above.
        (WindowPlace(1200, 700, 2000, 20), WindowPlace(1200, 700, 166, 20)),
        (WindowPlace(1200, 700, 20, -900), WindowPlace(1200, 700, 20, 0)),
        (WindowPlace(1, 1, 5, 5), WindowPlace(1000, 540, 5, 5)),
    ],
)
def test_a_screen_that_is_gone_does_not_hide_the_window(place: WindowPlace, shown: WindowPlace) -> None:
    assert place.within(_LAPTOP, _SMALLEST) == shown


def test_a_screen_left_of_the_first_is_part_of_the_desktop() -> None:
    place = WindowPlace(1200, 700, -1500, 50)
    assert place.within(Area(-1920, 0, 5760, 2160), _SMALLEST) == place
    assert place.within(_DESK_4K, _SMALLEST).x == 0
