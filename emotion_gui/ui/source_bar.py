"""Where the picture comes from: a camera from the list, a recording, a stream, or the demo clip."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.status import Phase
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.flow_row import FlowRow
from emotion_gui.ui.source_actions import SourceActions
from emotion_gui.ui.theme import set_enabled
from emotion_gui.ui.tooltip import ToolTip

if TYPE_CHECKING:
    from emotion_gui.vision.sources.camera_list import CameraInfo

_SEARCHING, _NONE_FOUND = N_("Looking for cameras..."), N_("No camera found")


class SourceBar(FlowRow):
    """The bar over the picture; what it offers stands in the File menu as well.

    Args:
        master: The parent widget.
        controller: Finds the cameras.
        actions: Opens what is chosen.
    """

    def __init__(self, master: tk.Misc, controller: Controller, actions: SourceActions) -> None:
        super().__init__(master, "@chrome", (3, 2))
        self._controller = controller
        self._actions = actions
        self._cameras: Sequence[CameraInfo] = ()
        self._view: tuple[Phase, SourceSpec | None] | None = None
        self.add(ttk.Label(self, text=_("Source"), bootstyle="@chrome"))
        self.picker = ttk.Combobox(self, state="readonly", width=26)
        self.add(self.picker, 2)
        self.picker.bind("<<ComboboxSelected>>", lambda _: self._picked())
        self.search = self._button(_("Refresh"), "arrow-clockwise", self.find_cameras, _("Look for cameras again"))
        self.video = self._button(_("Video..."), "film", actions.open_video, _("Play a video file (Ctrl+O)"))
        self.image = self._button(_("Image..."), "image", actions.open_image, _("Analyse an image file"))
        self.folder = self._button(_("Folder..."), "folder", actions.open_image_folder, _("Play a folder of images"))
        self.stream = self._button(
            _("Stream..."), "broadcast", actions.open_stream, _("Watch a network camera or stream")
        )
        self.demo = self._button(
            _("Demo"), "play-circle", actions.play_demo, _("Play the clip that comes with the program")
        )
        self._buttons = (self.search, self.video, self.image, self.folder, self.stream, self.demo)
        self._full_width = self.wanted_width
        self.bind("<Configure>", self._fit_words, add="+")

    def _button(self, text: str, icon: str, command: Callable[[], None], tip: str) -> ttk.Button:
        button = ttk.Button(self, text=text, icon=icon, bootstyle="ghost @chrome", command=command)
        self.add(button)
        ToolTip(button, text=tip)
        return button

    def _fit_words(self, event: tk.Event[tk.Misc]) -> None:
        """Icons alone where the words would need a second line; the tooltips have the words."""
        compound = "left" if event.width >= self._full_width else "image"
        if str(self.demo.cget("compound")) != compound:
            for button in self._buttons:
                button.configure(compound=compound)

    def find_cameras(self) -> None:
        """Ask the system for its cameras, off the Tk thread."""
        self.picker.set(_(_SEARCHING))
        self._controller.list_cameras(self._show_cameras)

    def refresh(self) -> None:
        """Follow the controller; called some times a second."""
        view = (self._controller.phase, self._controller.source.spec)
        if view == self._view:
            return
        self._view = view
        idle = self._controller.phase is Phase.IDLE
        for button in self._buttons:
            set_enabled(button, idle)
        self.picker.configure(state="readonly" if idle else "disabled")
        self._show_choice()

    def _show_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = cameras
        self.picker.configure(values=[camera.title for camera in cameras] or [_(_NONE_FOUND)])
        self._show_choice()

    def _show_choice(self) -> None:
        spec = self._controller.source.spec
        if spec is None:
            self.picker.set(_("Choose a camera") if self._cameras else _(_NONE_FOUND))
            return
        titles = {str(camera.index): camera.title for camera in self._cameras}
        self.picker.set(titles.get(spec.address, spec.title) if spec.kind == CAMERA else spec.title)

    def _picked(self) -> None:
        index = self.picker.current()
        self.picker.selection_clear()
        if 0 <= index < len(self._cameras):
            self._actions.open(SourceSpec(CAMERA, str(self._cameras[index].index)))
        else:
            self._show_choice()
