"""The camera's picture with the faces named, or a card that says why there is none and what to do."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ttkbootstrap as ttk

from emotion_gui.controller.status import ModelState, Phase, SourceState, SourceStatus
from emotion_gui.core.consent_texts import CAMERA_OFF, OPENS_AFTER_CONSENT, PREVIEW, START_HERE, STREAM_OFF
from emotion_gui.core.source_spec import CAMERA
from emotion_gui.core.translation import _
from emotion_gui.ui.candidate_line import CandidateLine
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.look import paint
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.quality_hint import QualityHint, hindered
from emotion_gui.ui.theme import STRONG_FONT, Card, Panel, pixels, space
from emotion_gui.ui.wording import ATTENTION, capitalized, faces_line, hint_line, retry_words

_CARD_WIDTH = 380


@dataclass(frozen=True)
class Empty:
    """What stands in place of the picture.

    Attributes:
        title: What is the case.
        hint: What to do; may be empty.
        retry: Words of the button that opens the source again; empty for none.
        demo: Whether the demo clip is offered.
        start: Whether a session can be started here, which opens the source.
        keep_picture: Whether the last picture stays under it; a frozen one would pass for live elsewhere.
    """

    title: str
    hint: str = ""
    retry: str = ""
    demo: bool = False
    start: bool = False
    keep_picture: bool = False


def empty_state(source: SourceStatus, now: float, *, idle: bool = True) -> Empty | None:
    """What to show in place of the picture; None while there is one.

    Args:
        source: Where the picture source stands.
        now: Seconds of `time.monotonic`, for the countdown.
        idle: Whether no session runs; a running one keeps its source, so nothing else is offered.
    """
    name = source.spec.title if source.spec else ""
    match source.state:
        case SourceState.PLAYING:
            return None
        case SourceState.CLOSED:
            return Empty(
                _("Choose a camera or a recording above."), _("No camera at hand? Try the demo clip."), demo=True
            )
        case SourceState.WAITING | SourceState.OPENING:
            return _not_open(source, name)
        case SourceState.ENDED:
            hint = _("Play it again, or choose another source.")
            return Empty(_("{name} has ended.").format(name=name), hint, _("Play again"), keep_picture=True)
        case SourceState.FAILED:
            return Empty(
                _("No picture: {message}").format(message=source.message), source.hint, _("Try again"), demo=idle
            )
        case SourceState.LOST:
            hint = "\n".join(filter(None, (source.hint, capitalized(retry_words(source, now)) + ".")))
            return Empty(source.message, hint, _("Try now"), demo=idle)


def _not_open(source: SourceStatus, name: str) -> Empty:
    camera = source.spec is not None and source.spec.kind == CAMERA
    if source.state is SourceState.WAITING:
        return Empty(_(CAMERA_OFF if camera else STREAM_OFF), _(OPENS_AFTER_CONSENT), start=True)
    return Empty(_("Opening the camera...") if camera else _("Opening {name}...").format(name=name))


class VideoPanel(Panel):
    """The stage and, under it, one line that says in words what is seen.

    Args:
        master: The parent widget.
        on_resize: Called with the stage's width and height in pixels.
        on_retry: Opens the chosen source again.
        on_demo: Plays the demo clip.
        on_start: Starts a session, as the button in its panel does.
        on_pick: Makes the face at a place of the picture, in shares of its width and height, the candidate's; tells
            whether there is one.
    """

    def __init__(
        self,
        master: tk.Misc,
        *,
        on_resize: Callable[[int, int], None],
        on_retry: Callable[[], None],
        on_demo: Callable[[], None],
        on_start: Callable[[], None],
        on_pick: Callable[[float, float], bool],
    ) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._choose = on_pick
        self._candidate = CandidateLine()
        self.canvas = PictureCanvas(self, background="stage", on_resize=on_resize, on_pick=self._pick)
        self.canvas.grid(row=0, column=0, sticky="nsew")
        self.caption = paint(ttk.Label(self, anchor="w"), foreground="muted")
        self.caption.grid(row=1, column=0, sticky="ew", pady=(space(self, 1), 0))
        self._shown: Empty | None = None
        self._hint = QualityHint()
        self._build_card(on_retry, on_demo)
        self.start = ttk.Button(
            self._buttons, text=_(START_HERE), icon="record-circle", bootstyle="primary", command=on_start
        )

    def _build_card(self, on_retry: Callable[[], None], on_demo: Callable[[], None]) -> None:
        self.card = Card(self.canvas, padding=5)
        wrap = pixels(self, _CARD_WIDTH)
        self.title = ttk.Label(self.card, font=STRONG_FONT, wraplength=wrap, justify="center")
        self.hint = paint(ttk.Label(self.card, wraplength=wrap, justify="center"), foreground="muted")
        self._buttons = ttk.Frame(self.card)
        self.retry = ttk.Button(self._buttons, bootstyle="primary-outline", command=on_retry)
        self.demo = ttk.Button(self._buttons, text=_("Play the demo"), command=on_demo)
        self.title.grid(row=0, column=0)

    def refresh(self, controller: Controller) -> None:
        """Follow the source's state and the faces; called some times a second."""
        empty = empty_state(controller.source, time.monotonic(), idle=controller.phase is Phase.IDLE)
        if empty != self._shown:
            self._shown = empty
            self._show_card(empty)
        caption = "" if empty else self._caption(controller)
        if self.caption.cget("text") != caption:
            # Nothing is counted without a face that can be judged: whoever leads the interview should notice.
            missing = caption.startswith(ATTENTION)
            paint(self.caption, foreground="warning" if missing else "muted").configure(text=caption)

    def _pick(self, x: float, y: float) -> None:
        if self._shown is None and not self._choose(x, y):
            self._candidate.missed(time.monotonic())

    def show_newest(self, controller: Controller) -> None:
        """Show the newest picture if there is one that was not shown yet."""
        picture = controller.take_picture()
        if picture is not None and controller.source.state is SourceState.PLAYING:
            self.canvas.show(picture.rgb)

    def _caption(self, controller: Controller) -> str:
        if controller.model.state is not ModelState.READY:
            return _("Faces are named as soon as the model is ready")
        if controller.previews:
            return _(PREVIEW)
        if controller.results_per_s <= 0:
            return _("Looking for faces...")
        now, faces = time.monotonic(), controller.faces
        hint = self._hint.update(hindered(faces), now)
        running = controller.phase is not Phase.IDLE and not controller.settings.count_everyone
        candidate = self._candidate.update(controller.presence, faces, now, running=running)
        if candidate.startswith(ATTENTION):
            return candidate
        return hint_line(hint) if hint else candidate or faces_line(faces)

    def _show_card(self, empty: Empty | None) -> None:
        if empty is None:
            self.card.place_forget()
            return
        if not empty.keep_picture:
            self.canvas.clear()
        self.title.configure(text=empty.title)
        self.hint.configure(text=empty.hint)
        self.retry.configure(text=empty.retry)
        gap = space(self, 2)
        _show(self.hint, bool(empty.hint), row=1, pady=(gap, 0))
        _show(self._buttons, bool(empty.retry or empty.demo or empty.start), row=2, pady=(2 * gap, 0))
        _show(self.retry, bool(empty.retry), row=0, column=0, padx=gap // 2)
        _show(self.demo, empty.demo, row=0, column=1, padx=gap // 2)
        _show(self.start, empty.start, row=0, column=2, padx=gap // 2)
        self.card.place(relx=0.5, rely=0.5, anchor="center")


def _show(widget: tk.Widget, shown: bool, **where: Any) -> None:
    if shown:
        widget.grid(**where)
    else:
        widget.grid_remove()
