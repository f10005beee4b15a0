"""Third page: which camera, and whether it shows what it should."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.camera_trial import TrialState
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.first_run.page import TEXT_WIDTH, Page
from emotion_gui.ui.look import paint
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.polling import Poller
from emotion_gui.ui.theme import Panel, pixels, set_enabled, space

if TYPE_CHECKING:
    from emotion_gui.vision.sources.camera_list import CameraInfo

PREVIEW_WH = (300, 225)
_INTERVAL_MS = 30
_TEST, _STOP = N_("Test the camera"), N_("Camera off")
_WORDS = {
    TrialState.OFF: N_("The camera is off."),
    TrialState.OPENING: N_("Opening the camera..."),
    TrialState.SHOWING: N_("Only you see this. It goes off when you go on."),
}


class CameraPage(Page):
    """Shows the user to himself, and only while a button says so.

    Args:
        master: The parent widget.
        controller: Finds the cameras, tries one, keeps the choice.
        try_demo: Leaves the introduction for the demo clip.

    Attributes:
        picker: The cameras.
        test: Switches the test on and off.
        demo: Offers the demo clip where there is no camera.
        canvas: The picture.
        status: Says in words what the camera does.
    """

    def __init__(self, master: tk.Misc, controller: Controller, try_demo: Callable[[], None]) -> None:
        super().__init__(master, _("Test the camera"))
        self._controller = controller
        self._cameras: Sequence[CameraInfo] = ()
        self._touched = False
        self._size_wh = pixels(self, PREVIEW_WH[0]), pixels(self, PREVIEW_WH[1])
        self.say(
            _(
                "The test shows you only to yourself: nothing is analysed, nothing is kept. In a session, the camera "
                "opens only after the candidate has agreed."
            ),
            gap=2,
        )
        row = Panel(self)
        row.pack(fill="x", pady=(0, space(self, 2)))
        self.picker = ttk.Combobox(row, state="readonly", width=24)
        self.picker.pack(side="left", fill="x", expand=True)
        self.picker.bind("<<ComboboxSelected>>", lambda _: self._picked())
        self.again = ttk.Button(row, text=_("Look again"), command=self.find)
        self.test = ttk.Button(row, text=_(_TEST), bootstyle="primary-outline", command=self.switch)
        for button in (self.again, self.test):
            button.pack(side="left", padx=(space(self, 2), 0))
            button.bind("<space>", lambda event: event.widget.invoke())
        self._build_stage(try_demo)
        self._poller = Poller(self, self._refresh, _INTERVAL_MS)
        self.bind("<Destroy>", self._on_destroy, add="+")

    def _build_stage(self, try_demo: Callable[[], None]) -> None:
        stage = tk.Frame(self, width=pixels(self, TEXT_WIDTH), height=self._size_wh[1])
        paint(stage, background="stage")
        stage.pack(fill="x")
        stage.pack_propagate(False)
        self.canvas = PictureCanvas(stage, background="stage", on_resize=lambda width, height: None)
        self.canvas.pack(fill="both", expand=True)
        self._empty = ttk.Frame(self.canvas, padding=space(self, 4))
        text = _("Connect one and look again, or see the program at work without one.")
        ttk.Label(self._empty, text=_("No camera found"), font="EmotionStrong").pack()
        ttk.Label(self._empty, text=text, wraplength=pixels(self, 360), justify="center").pack(pady=space(self, 2))
        self.demo = ttk.Button(self._empty, text=_("Try the demo"), bootstyle="primary", command=try_demo)
        self.demo.bind("<space>", lambda _: self.demo.invoke())
        self.demo.pack()
        self.status = ttk.Label(self, wraplength=pixels(self, TEXT_WIDTH), justify="left")
        self.status.pack(anchor="w", pady=(space(self, 1), 0))

    def entered(self) -> None:
        self.find()
        self._poller.start()

    def left(self) -> None:
        """The camera goes off; what was picked or tested is the program's camera from now on."""
        self._poller.stop()
        self._controller.camera_trial.stop()
        self.canvas.clear()
        index = self.picker.current()
        if self._touched and 0 <= index < len(self._cameras):
            self._touched = False
            self._controller.open_source(SourceSpec(CAMERA, str(self._cameras[index].index)))

    def find(self) -> None:
        """Look for cameras, off the Tk thread."""
        self._controller.camera_trial.stop()
        self.picker.set(_("Looking for cameras..."))
        self._empty.place_forget()
        set_enabled(self.test, False)
        self._controller.list_cameras(self._show_cameras)

    def switch(self) -> None:
        """Begin the test, or end it."""
        trial = self._controller.camera_trial
        if trial.status.state in {TrialState.OPENING, TrialState.SHOWING}:
            trial.stop()
            return
        self._touched = True
        try:
            trial.start(self._cameras[self.picker.current()].index, self._size_wh)
        except AppError as error:
            self.status.configure(text=str(error))

    def _show_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        if not self.winfo_exists():
            # The introduction was closed while they were looked for.
            return
        self._cameras = cameras
        self.picker.configure(values=[camera.title for camera in cameras])
        set_enabled(self.test, bool(cameras))
        if cameras:
            self.picker.current(self._chosen_index())
        else:
            self.picker.set(_("No camera found"))
            self._empty.place(relx=0.5, rely=0.5, anchor="center")

    def _chosen_index(self) -> int:
        spec = self._controller.source.spec
        numbers = [str(camera.index) for camera in self._cameras]
        return numbers.index(spec.address) if spec and spec.kind == CAMERA and spec.address in numbers else 0

    def _picked(self) -> None:
        self.picker.selection_clear()
        self._touched = True
        trial = self._controller.camera_trial
        if trial.status.state is not TrialState.OFF:
            trial.stop()
            self.switch()

    def _refresh(self) -> None:
        trial = self._controller.camera_trial
        status, picture = trial.status, trial.take_picture()
        on = status.state in {TrialState.OPENING, TrialState.SHOWING}
        if picture is not None:
            self.canvas.show(picture)
        elif not on:
            self.canvas.clear()
        words = f"{status.message} {status.hint}".strip() or _(_WORDS.get(status.state, ""))
        if self.status.cget("text") != words:
            self.status.configure(text=words if self._cameras else "")
        if self.test.cget("text") != _(_STOP if on else _TEST):
            self.test.configure(text=_(_STOP if on else _TEST))

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._controller.camera_trial.stop()
