"""What the introduction can do beyond itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emotion_gui.core.consent import Purpose


@dataclass(frozen=True)
class FirstRunActions:
    """Given to the pages by the main window.

    Attributes:
        choose_purpose: Offers a purpose for every session from now on; gives the one that stands then.
        play_demo: Plays the demo clip.
        speak: Builds everything anew in a language, a key of `LANGUAGES` or the system's, and the introduction too.
    """

    choose_purpose: Callable[[Purpose], Purpose]
    play_demo: Callable[[], None]
    speak: Callable[[str], None]
