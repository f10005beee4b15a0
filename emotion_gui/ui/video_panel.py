"""The stage: the camera's picture with the faces named, what stands in its place, and a line on what is seen."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Mapping

from emotion_gui.controller.status import SourceState
from emotion_gui.ui.card_words import Act, CardWords, card_words
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.line_words import LineStory
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.situation import Sight
from emotion_gui.ui.stage_card import StageCard
from emotion_gui.ui.stage_line import StageLine
from emotion_gui.ui.theme import Panel


class VideoPanel(Panel):
    """The stage and, under it, one line that says in words what is seen.

    Args:
        master: The parent widget.
        acts: What the buttons on the stage do.
        on_resize: Called with the stage's width and height in pixels.
        on_pick: Makes the face at a place of the picture, in shares of its width and height, the candidate's; tells
            whether there is one.
        clock: Seconds that never run backwards.

    Attributes:
        caption: The line's sentence.
        card: What stands in the picture's place or over it.
    """

    def __init__(
        self,
        master: tk.Misc,
        *,
        acts: Mapping[Act, Callable[[], None]],
        on_resize: Callable[[int, int], None],
        on_pick: Callable[[float, float], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._choose = on_pick
        self._clock = clock
        self._shown: CardWords | None = None
        self._story = LineStory()
        self.canvas = PictureCanvas(self, background="stage", on_resize=on_resize, on_pick=self._pick)
        self.canvas.grid(row=0, column=0, sticky="nsew")
        self.card = StageCard(self.canvas, acts)
        self._line = StageLine(self)
        self._line.grid(row=1, column=0, sticky="ew")
        self.caption = self._line.text

    def refresh(self, controller: Controller) -> None:
        """Follow the source's state and the faces; called some times a second."""
        now, sight = self._clock(), Sight.of(controller)
        words = card_words(sight, now)
        if words != self._shown:
            self._shown = words
            self._show_card(words)
        self._line.show(self._story.update(sight, now))

    def _pick(self, x: float, y: float) -> None:
        if self._shown is None and not self._choose(x, y):
            self._story.missed(self._clock())

    def show_newest(self, controller: Controller) -> None:
        """Show the newest picture if there is one that was not shown yet."""
        picture = controller.take_picture()
        if picture is not None and controller.source.state is SourceState.PLAYING:
            self.canvas.show(picture.rgb)

    def _show_card(self, words: CardWords | None) -> None:
        veiled = words is not None and words.veils
        if words and not veiled:
            self.canvas.clear()
        self.canvas.veil(veiled)
        self.card.show(words)
