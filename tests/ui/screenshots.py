"""Pictures of the real program for the README: `make screenshots`, or on any screen of 1280 by 800 pixels or more

    python -m tests.ui.screenshots FOLDER --language de --theme dark --only states

Everything in them is real: the controller, the shipped model, what it says of the clip. Only the user is played, and
what the program meets is set up.
"""

from __future__ import annotations

import argparse
import shutil
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import ttkbootstrap as ttk

from emotion_gui.controller.status import ModelState, Phase
from emotion_gui.core.consent_texts import consent_question, recruitment_notice
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.source_spec import CAMERA, DEMO, SourceSpec
from emotion_gui.core.translation import DEFAULT_LANGUAGE, LANGUAGES
from emotion_gui.ui.about_window import AboutWindow
from emotion_gui.ui.crash_reporter import CrashReporter
from emotion_gui.ui.crash_window import CrashWindow
from emotion_gui.ui.first_run.window import FirstRunWindow
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.recordings.window import RecordingsWindow
from emotion_gui.ui.review.window import ReviewWindow
from emotion_gui.ui.session.consent_window import AgreementWindow, ConsentWindow, NoticeWindow
from emotion_gui.ui.settings.dialog import SettingsDialog
from emotion_gui.ui.shortcuts_window import ShortcutsWindow
from emotion_gui.vision.sources.demo import DEMO_CLIP
from tests.ui.state_scenes import take_states
from tests.ui.studio import Studio, open_studio

_CAMERA = SourceSpec(CAMERA, "0")

_Window = TypeVar("_Window", bound=ttk.Toplevel)


def _main_window(studio: Studio, source: SourceSpec, seconds: float) -> None:
    studio.controller.load_model(None)
    studio.play(source)
    # Only the clip that watches nobody is analysed before its session.
    previews = source.watches_people
    studio.wait(lambda: studio.controller.model.state is ModelState.READY and (previews or studio.controller.faces))
    studio.take("idle")
    studio.window.session_panel.start_for("Ada Lovelace")
    session = studio.controller.session
    studio.wait(lambda: studio.controller.phase is Phase.IDLE or (session and session.time_s > seconds))
    studio.take("running")
    studio.controller.stop()
    studio.wait(lambda: True)
    studio.take("stopped")


def _agreement(studio: Studio) -> None:
    asked = ConsentWindow(studio.root, consent_question(_CAMERA, studio.controller.settings.keep_days))
    _take_window(studio, "consent", asked)
    _take_window(studio, "recruitment", NoticeWindow(studio.root, recruitment_notice()))


def _take_window(studio: Studio, name: str, window: AgreementWindow) -> None:
    window.show(window.text)
    studio.wait(window.winfo_viewable)
    studio.take(name, window)
    window.cancel()


def _settings(studio: Studio) -> None:
    dialog = SettingsDialog(studio.root, studio.controller.settings)
    dialog.show()
    for tab in dialog.tabs.tabs():
        dialog.tabs.select(tab)
        studio.wait(lambda: True)
        studio.take(f"settings-{str(dialog.tabs.tab(tab, 'text')).lower().replace(' ', '-')}", dialog)
    dialog.cancel()


def _history(studio: Studio) -> None:
    studio.window.show_history()
    history = _only(studio.root, HistoryWindow)
    studio.wait(lambda: history.selected)
    studio.take("history", history)
    history.open()
    review = _only(history, ReviewWindow)
    studio.wait(lambda: review.session and review.moment.moment and review.charts.picture_size)
    studio.take("review", review)
    history.destroy()


def _recordings(studio: Studio) -> None:
    """The queue while it runs: one done, one that is no video, one half through, one that waits."""
    talks = studio.data / "talks"
    talks.mkdir()
    for number, name in enumerate(("Ada Lovelace", "Grace Hopper", "Joan Clarke", "Mary Somerville")):
        if number == 1:
            (talks / f"{name}.mp4").write_text("No video.", encoding="utf-8")
        else:
            shutil.copy(assets_folder() / DEMO_CLIP, talks / f"{name}.mp4")
    studio.window.recordings.show()
    window = _only(studio.root, RecordingsWindow)
    studio.wait(window.winfo_viewable)
    studio.take("recordings-empty", window)
    studio.dialogs.folder = talks
    window.add_folder()
    studio.wait(lambda: studio.controller.recordings.rows)
    window.options.agreement.invoke()
    window.start()
    studio.wait(lambda: studio.controller.recordings.rows[2].share > 0.3, rest_ms=50)
    studio.take("recordings", window)
    window.cancel_button.invoke()
    studio.wait(lambda: not studio.controller.recordings.running)
    window.list.select([studio.controller.recordings.rows[2].key])
    studio.wait(lambda: True)
    studio.take("recordings-cancelled", window)
    window.destroy()


def _introduction(studio: Studio) -> None:
    studio.window.show_introduction()
    window = _only(studio.root, FirstRunWindow)
    studio.wait(window.winfo_viewable)
    for number, _page in enumerate(window.pages, start=1):
        studio.wait(lambda: True)
        studio.take(f"introduction-{number}", window)
        window.accept()


def _help(studio: Studio) -> None:
    studio.window.show_shortcuts()
    shortcuts = _only(studio.root, ShortcutsWindow)
    studio.wait(shortcuts.winfo_viewable)
    studio.take("shortcuts", shortcuts)
    shortcuts.destroy()
    studio.window.show_about()
    about = _only(studio.root, AboutWindow)
    studio.wait(about.winfo_viewable)
    studio.take("about", about)
    about.destroy()


def _crash(studio: Studio) -> None:
    reporter = CrashReporter(studio.root, studio.dialogs)
    reporter.start()
    reporter.know(studio.controller, studio.window.close)
    # As Tk reports what a callback raises.
    studio.root.report_callback_exception = reporter
    studio.root.after_idle(lambda: 1 / 0)
    studio.wait(lambda: reporter.window and reporter.window.winfo_viewable())
    crash = _only(studio.root, CrashWindow)
    studio.take("crash", crash)
    crash.destroy()
    reporter.stop()


def _only(parent: tk.Misc, kind: type[_Window]) -> _Window:
    return next(child for child in parent.winfo_children() if isinstance(child, kind))


def main(arguments: Sequence[str] | None = None) -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--source", type=SourceSpec.parse, default=SourceSpec(DEMO), help="what to play: file:PATH")
    parser.add_argument("--seconds", type=float, default=17.0, help="how long the session runs before its picture")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default=DEFAULT_LANGUAGE)
    parser.add_argument("--theme", choices=("light", "dark"), help="both by default")
    parser.add_argument("--only", choices=("windows", "states"), help="half of them; all by default")
    options = parser.parse_args(arguments)
    for theme in [options.theme] if options.theme else ["light", "dark"]:
        if options.only != "states":
            with open_studio(options.out / theme, language=options.language, theme=theme) as studio:
                _take_windows(studio, options.source, options.seconds)
        if options.only != "windows":
            with open_studio(options.out / theme / "states", language=options.language, theme=theme) as studio:
                take_states(studio)


def _take_windows(studio: Studio, source: SourceSpec, seconds: float) -> None:
    _main_window(studio, source, seconds)
    _settings(studio)
    _history(studio)
    _recordings(studio)
    _agreement(studio)
    _introduction(studio)
    _help(studio)
    _crash(studio)


if __name__ == "__main__":
    main()
