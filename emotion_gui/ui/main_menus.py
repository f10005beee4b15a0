"""What stands in the main window's menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from emotion_gui.controller.status import Phase
from emotion_gui.core.settings import PICTURE, SYSTEM_THEME, kind_of, option_fields, option_of
from emotion_gui.core.translation import N_, _
from emotion_gui.export import EXPORTERS
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.menu_bar import Command, Key, Menus
from emotion_gui.ui.session.evidence_tools import EvidenceTools
from emotion_gui.ui.session.marker_tools import MarkerTools
from emotion_gui.ui.session.panel import SessionPanel
from emotion_gui.ui.source_actions import SourceActions

_THEMES = {SYSTEM_THEME: N_("Theme as the system"), "light": N_("Light theme"), "dark": N_("Dark theme")}
_EXPORT_KEY = Key("e", "E", control=True)


@dataclass(frozen=True)
class WindowActions:
    """What the main window itself can do."""

    settings: Callable[[], None]
    history: Callable[[], None]
    recordings: Callable[[], None]
    export_one: Callable[[str], None]
    export_everything: Callable[[], None]
    open_log: Callable[[], None]
    about: Callable[[], None]
    close: Callable[[], None]
    calibrate: Callable[[], None]
    choose_theme: Callable[[str], None]
    full_screen: Callable[[], None]
    is_full_screen: Callable[[], bool]
    shortcuts: Callable[[], None]
    introduce: Callable[[], None]
    show_log: Callable[[], None]


def build_menus(
    controller: Controller,
    *,
    sources: SourceActions,
    session: SessionPanel,
    markers: MarkerTools,
    evidence: EvidenceTools,
    window: WindowActions,
) -> Menus:
    """The table of menus, without a widget."""

    def idle() -> bool:
        return controller.phase is Phase.IDLE

    def running() -> bool:
        return controller.phase is not Phase.IDLE

    def started() -> bool:
        return controller.session is not None

    return {
        _("File"): [
            Command(_("Open video..."), sources.open_video, Key("o", "O", control=True), idle),
            Command(_("Open image..."), sources.open_image, enabled=idle),
            Command(_("Open folder of images..."), sources.open_image_folder, enabled=idle),
            Command(_("Open stream..."), sources.open_stream, Key("l", "L", control=True), idle),
            Command(_("Play the demo"), sources.play_demo, Key("d", "D", control=True), idle),
            None,
            Command(_("Open model..."), sources.open_model, Key("m", "M", control=True), idle),
            Command(_("Use the shipped model"), sources.use_shipped_model, enabled=idle),
            None,
            Command(_("Analyse recordings..."), window.recordings, Key("O", "O", control=True, shift=True)),
            None,
            Command(_("Settings..."), window.settings, Key("comma", ",", control=True)),
            None,
            Command(_("Quit"), window.close, Key("q", "Q", control=True)),
        ],
        _("Session"): [
            Command(_("Start"), session.start, Key("F5", "F5"), idle),
            Command(_("Pause or resume"), session.pause_or_resume, Key("space", N_("Space"), typed=True), running),
            Command(_("Stop"), session.stop, Key("F5", "F5", shift=True), running),
            None,
            Command(_("Calibrate..."), window.calibrate, Key("b", "B", control=True)),
            Command(_("Next face is the candidate"), controller.candidate.next, Key("n", "N", typed=True)),
            Command(_("Set a marker"), markers.press, Key("m", "M", typed=True), running),
            Command(_("Markers..."), markers.show_list, Key("M", "M", shift=True, typed=True), started),
            None,
            Command(_("Record a video"), evidence.switch, Key("r", "R", control=True), running, lambda: evidence.films),
            Command(_("Save the picture..."), evidence.save_picture, Key("p", "P", control=True)),
            None,
            *export_commands(controller, window),
            None,
            Command(_("History..."), window.history, Key("h", "H", control=True)),
        ],
        _("View"): _view_commands(controller, window),
        _("Help"): [
            Command(
                _("Keyboard shortcuts"), window.shortcuts, Key("F1", "F1"), other_key=Key("question", "?", typed=True)
            ),
            None,
            Command(_("Show the introduction..."), window.introduce, enabled=idle),
            Command(_("Open log"), window.show_log),
            Command(_("Open the log folder"), window.open_log),
            Command(_("About Emotion GUI"), window.about),
        ],
    }


def _view_commands(controller: Controller, window: WindowActions) -> Sequence[Command | None]:
    """How the window and the picture look."""
    return [
        *_picture_commands(controller),
        None,
        *_theme_commands(controller, window),
        None,
        Command(_("Full screen"), window.full_screen, Key("F11", "F11"), checked=window.is_full_screen),
    ]


def export_commands(controller: Controller, window: WindowActions) -> Sequence[Command]:
    """One line per format, and one for all of them."""

    def possible() -> bool:
        return controller.phase is Phase.IDLE and controller.last_session_id is not None

    single = [
        Command(
            _("Export: {kind}...").format(kind=_(exporter.label)), partial(window.export_one, key), enabled=possible
        )
        for key, exporter in EXPORTERS.items()
    ]
    everything = Command(_("Export all into a folder..."), window.export_everything, _EXPORT_KEY, possible)
    return [everything, *single]


def _picture_commands(controller: Controller) -> Sequence[Command]:
    """A tick for every yes-or-no option of the picture."""
    return [
        Command(
            _(option_of(entry).label),
            partial(_toggle, controller, entry.name),
            checked=partial(_is_on, controller, entry.name),
        )
        for entry in option_fields()
        if option_of(entry).group == PICTURE and kind_of(entry.name) is bool
    ]


def _theme_commands(controller: Controller, window: WindowActions) -> Sequence[Command]:
    """A dot at the one that is chosen."""
    return [
        Command(_(words), partial(window.choose_theme, key), checked=partial(_is_theme, controller, key), radio=True)
        for key, words in _THEMES.items()
    ]


def _is_theme(controller: Controller, key: str) -> bool:
    return controller.settings.theme == key


def _is_on(controller: Controller, name: str) -> bool:
    return bool(getattr(controller.settings, name))


def _toggle(controller: Controller, name: str) -> None:
    change: dict[str, Any] = {name: not _is_on(controller, name)}
    controller.apply_settings(replace(controller.settings, **change))
