"""What the user can do about sources and models: ask where, then tell the controller."""

from __future__ import annotations

from emotion_gui.core.errors import AppError, SourceError
from emotion_gui.core.source_spec import DEMO, FILE, IMAGES, STREAM, SourceSpec
from emotion_gui.core.stream_address import checked_address
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind

VIDEOS = FileKind(N_("Videos"), ("*.mp4", "*.mov", "*.avi", "*.webm", "*.mkv", "*.m4v"))
PICTURES = FileKind(N_("Images"), ("*.jpg", "*.jpeg", "*.png", "*.bmp", "*.webp", "*.tif", "*.tiff"))
MODELS = FileKind(N_("Models"), ("*.keras", "*.tflite", "*.h5", "*.hdf5", "*.json"))
EVERYTHING = FileKind(N_("All files"), ("*",))

_STREAM_PROMPT = N_(
    "Address of the stream. Network cameras and phone apps show one like http://192.168.1.20:8080/video "
    "or rtsp://192.168.1.20/live."
)


class SourceActions:
    """Commands of the File menu and the source bar.

    Args:
        controller: Opens what was chosen.
        dialogs: Asks the user.
    """

    def __init__(self, controller: Controller, dialogs: Dialogs) -> None:
        self._controller = controller
        self._dialogs = dialogs

    def open(self, spec: SourceSpec) -> None:
        try:
            self._controller.open_source(spec)
        except AppError as error:
            self._dialogs.show_error(error.message, error.hint)

    def open_video(self) -> None:
        path = self._dialogs.ask_open_file(_("Open a video"), (VIDEOS, EVERYTHING))
        if path:
            self.open(SourceSpec(FILE, str(path)))

    def open_image(self) -> None:
        path = self._dialogs.ask_open_file(_("Open an image"), (PICTURES, EVERYTHING))
        if path:
            self.open(SourceSpec(IMAGES, str(path)))

    def open_image_folder(self) -> None:
        path = self._dialogs.ask_folder(_("Choose a folder of images"))
        if path:
            self.open(SourceSpec(IMAGES, str(path)))

    def open_stream(self) -> None:
        spec = self._controller.source.spec
        initial = spec.address if spec and spec.kind == STREAM else "http://"
        prompt = _(_STREAM_PROMPT)
        while text := self._dialogs.ask_text(_("Open a stream"), prompt, initial):
            try:
                address = checked_address(text)
            except SourceError as error:
                # With what was typed: a slip is mended faster than all of it typed again.
                prompt, initial = str(error), text
            else:
                self.open(SourceSpec(STREAM, address))
                return

    def play_demo(self) -> None:
        self.open(SourceSpec(DEMO))

    def retry(self) -> None:
        """Open the chosen source again."""
        spec = self._controller.source.spec
        if spec:
            self.open(spec)

    def open_model(self) -> None:
        path = self._dialogs.ask_open_file(_("Open a model"), (MODELS, EVERYTHING))
        if path:
            try:
                self._controller.load_model(path)
            except AppError as error:
                self._dialogs.show_error(error.message, error.hint)

    def use_shipped_model(self) -> None:
        try:
            self._controller.load_model(None)
        except AppError as error:
            self._dialogs.show_error(error.message, error.hint)

    def name_labels(self) -> None:
        """Ask for the labels that a model lacks, then load it with them."""
        request = self._controller.label_request
        labels = self._dialogs.ask_labels(request.path.name, request.outputs) if request else None
        if request and labels:
            self._controller.load_model(request.path, labels)
