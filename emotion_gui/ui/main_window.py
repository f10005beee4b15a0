"""The main window: puts the panels together and keeps them in step with the controller."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from emotion_gui.controller.status import LabelRequest, Level, ModelState, Notice, Phase, SourceState
from emotion_gui.core.consent import Purpose
from emotion_gui.core.log_file import log_path
from emotion_gui.core.paths import log_folder
from emotion_gui.core.translation import _, set_language
from emotion_gui.ui.about_window import AboutWindow
from emotion_gui.ui.card_words import Act
from emotion_gui.ui.chart_panel import CHARTS, TIMELINE, ChartPanel
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.export_flow import ExportFlow
from emotion_gui.ui.first_run.actions import FirstRunActions
from emotion_gui.ui.first_run.window import FirstRunWindow
from emotion_gui.ui.history.recovery import offer_recovery
from emotion_gui.ui.history.retention_window import offer_retention
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.look import Look, wear, worn
from emotion_gui.ui.main_layout import MainLayout, Parts
from emotion_gui.ui.main_menus import WindowActions, build_menus, export_commands
from emotion_gui.ui.menu_bar import build_menu, build_menu_bar, is_mac
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.polling import Poller
from emotion_gui.ui.recordings.tools import RecordingsTools
from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.session.calibration_tools import CalibrationTools
from emotion_gui.ui.session.evidence_tools import EvidenceTools
from emotion_gui.ui.session.marker_tools import MarkerTools
from emotion_gui.ui.session.panel import SessionPanel
from emotion_gui.ui.session.verdict_panel import VerdictPanel
from emotion_gui.ui.settings.dialog import SettingsDialog
from emotion_gui.ui.shortcuts_window import ShortcutsWindow
from emotion_gui.ui.source_actions import SourceActions
from emotion_gui.ui.source_bar import SourceBar
from emotion_gui.ui.status_bar import StatusBar
from emotion_gui.ui.theme import Panel, pixels, space
from emotion_gui.ui.video_panel import VideoPanel
from emotion_gui.ui.window_memory import CLOSING

# Texts that change faster than this cannot be read, and each change costs a redraw.
_TEXT_INTERVAL_S = 0.1
_VERDICT_WIDTH = 172


class MainWindow:
    """Everything inside the root window.

    Args:
        root: The themed window to fill, still empty.
        controller: What the window shows and tells.
        dialogs: Asks the user.
        system_is_dark: Tells whether the system shows its windows dark now; asked some times a second.
    """

    def __init__(
        self,
        root: tk.Tk | tk.Toplevel,
        controller: Controller,
        dialogs: Dialogs,
        *,
        system_is_dark: Callable[[], bool] = lambda: False,
    ) -> None:
        self.root = root
        self._system_is_dark = system_is_dark
        self._controller = controller
        self._dialogs = dialogs
        self._next_texts = 0.0
        self._phase = controller.phase
        self._autostart = ""
        self._asked: LabelRequest | None = None
        self._history: HistoryWindow | None = None
        self.sources = SourceActions(controller, dialogs)
        self._exports = ExportFlow(controller, dialogs, self.tell)
        self.recordings = RecordingsTools(root, controller, dialogs, self._refresh_history)
        self._window_actions = WindowActions(
            self.show_settings,
            self.show_history,
            self.recordings.show,
            self.export_one,
            self.export_everything,
            lambda: controller.desktop.open(log_folder()),
            self.show_about,
            self.close,
            self.show_calibration,
            self.choose_theme,
            self.toggle_full_screen,
            self.is_full_screen,
            self.show_shortcuts,
            self.show_introduction,
            lambda: controller.desktop.open(log_path()),
        )
        self._wear(self._wanted_look())
        self._build()
        self._poller = Poller(root, self._tick)
        root.protocol("WM_DELETE_WINDOW", self.close)

    def start(self, autostart: str = "") -> None:
        """Begin to follow the controller, and offer what an earlier run left unfinished.

        Args:
            autostart: Candidate of a session that begins as soon as picture and model are there; empty for none.
        """
        self._autostart = autostart
        self.session_panel.candidate.focus_set()
        self.source_bar.find_cameras()
        self._poller.start()
        offer_recovery(self.root, self._controller.history, self._dialogs)
        offer_retention(self.root, self._controller, self.tell)

    def _build(self) -> None:
        area = ScrollArea(self.root)
        area.content.configure(padding=space(self.root, 3))
        self.source_bar = SourceBar(self.root, self._controller, self.sources)
        self.status_bar = StatusBar(self.root)
        self.banner = NoticeBanner(self.root, row=1)
        self.source_bar.grid(row=0, column=0, sticky="ew")
        area.grid(row=2, column=0, sticky="nsew")
        self.status_bar.grid(row=3, column=0, sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.root.rowconfigure(2, weight=1)
        self._build_panels(area.content)
        parts = Parts(self.video, self.timeline, self.session_panel, self.verdict, self.charts)
        self.layout = MainLayout(area, parts)
        menus = build_menus(
            self._controller,
            sources=self.sources,
            session=self.session_panel,
            markers=self.markers,
            evidence=self.evidence,
            window=self._window_actions,
        )
        self._menus = menus
        self.menu_bar = build_menu_bar(self.root, menus)
        self.root.bind("<Escape>", lambda _: self.root.attributes("-fullscreen", False))
        if is_mac(self.root):
            # The application menu's own lines do not go through the window's close button or the menus above.
            self.root.tk.createcommand("tk::mac::Quit", self.close)
            self.root.tk.createcommand("tk::mac::ShowPreferences", self.show_settings)

    def _build_panels(self, content: Panel) -> None:
        controller = self._controller
        self.video = VideoPanel(
            content,
            acts={
                Act.RETRY: self.sources.retry,
                Act.DEMO: self.sources.play_demo,
                Act.START: self._start_session,
                Act.RESUME: controller.resume,
            },
            on_resize=controller.set_view_size,
            on_pick=controller.candidate.at,
        )
        self.session_panel = SessionPanel(content, self._controller, self._dialogs)
        stage = self.video.canvas
        self.markers = MarkerTools(self.root, controller, panel=self.session_panel, stage=stage)
        self.evidence = EvidenceTools(controller, self._dialogs, panel=self.session_panel, stage=stage, tell=self.tell)
        self.calibration = CalibrationTools(self.root, controller, panel=self.session_panel)
        self.verdict = VerdictPanel(content, pixels(content, _VERDICT_WIDTH))
        self.charts = ChartPanel(
            content,
            _("Expressions"),
            empty=_("Start a session to count expressions."),
            on_resize=partial(self._size_chart, CHARTS),
        )
        self.timeline = ChartPanel(
            content,
            _("Last minute"),
            empty=_("The last minute of a session appears here."),
            on_resize=partial(self._size_chart, TIMELINE),
        )
        export = self.session_panel.export_button
        export.configure(menu=build_menu(export, export_commands(self._controller, self._window_actions)))

    def _start_session(self) -> None:
        self.session_panel.start()

    def _size_chart(self, key: str, width: int, height: int) -> None:
        # Text that is right at 100 pixels per inch would be tiny on a dense screen; macOS scales by itself.
        dpi = max(100.0, self.root.winfo_fpixels("1i"))
        self._controller.set_chart_size(key, width, height, dpi, dark=worn().dark)

    def tell(self, notice: Notice) -> None:
        """Show a notice where it is seen without stopping anything."""
        self.banner.tell(notice)

    def show_settings(self) -> None:
        dialog = SettingsDialog(self.root, self._controller.settings)
        if dialog.run() and dialog.result:
            before = self._controller.settings.language
            self._controller.apply_settings(dialog.result)
            if dialog.result.language != before:
                # Not from inside the dialog's own call: it belongs to what is taken down.
                self.root.after_idle(self.speak, dialog.result.language)

    def speak(self, chosen: str) -> None:
        """Build everything anew in another language; a running session goes on.

        Args:
            chosen: A key of `LANGUAGES`, or the system's.
        """
        set_language(chosen)
        self._rebuild()

    def _rebuild(self) -> None:
        for child in self.root.winfo_children():
            child.destroy()
        self._history = None
        self._build()
        self.source_bar.find_cameras()

    def _wanted_look(self) -> Look:
        return Look.of(self._controller.settings, system_is_dark=self._system_is_dark())

    def _follow_look(self) -> None:
        """Wear what the settings, or the system, say by now."""
        look, before = self._wanted_look(), worn()
        if look == before:
            return
        self._wear(look)
        if look.text_size != before.text_size:
            # Not from inside the beat, whose rest still needs the widgets.
            self.root.after_idle(self._rebuild)
        else:
            for key, panel in ((CHARTS, self.charts), (TIMELINE, self.timeline)):
                self._size_chart(key, panel.canvas.winfo_width(), panel.canvas.winfo_height())

    def _wear(self, look: Look) -> None:
        if look != worn():
            wear(self.root.nametowidget("."), look)

    def choose_theme(self, theme: str) -> None:
        """Follow the system, or stay light or dark: a key of `THEMES`."""
        self._controller.apply_settings(replace(self._controller.settings, theme=theme))
        self._follow_look()

    def is_full_screen(self) -> bool:
        return bool(self.root.attributes("-fullscreen"))

    def toggle_full_screen(self) -> None:
        self.root.attributes("-fullscreen", not self.is_full_screen())

    def show_shortcuts(self) -> None:
        ShortcutsWindow(self.root, self._menus).show()

    def show_introduction(self) -> None:
        """Tell what the program does and what to choose first, on a few pages that can be skipped."""
        actions = FirstRunActions(self._default_purpose, self.sources.play_demo, self._speak_and_introduce)
        FirstRunWindow(self.root, self._controller, actions).show()

    def _speak_and_introduce(self, language: str) -> None:
        self._controller.apply_settings(replace(self._controller.settings, language=language))

        def anew() -> None:
            self.speak(language)
            self.session_panel.candidate.focus_set()
            self.show_introduction()

        # Not from inside the introduction's own call: it belongs to what is taken down.
        self.root.after_idle(anew)

    def _default_purpose(self, purpose: Purpose) -> Purpose:
        """Offer a purpose for every session from now on; practice where its notice is not acknowledged."""
        choice = self.session_panel.purpose
        choice.choose(purpose)
        self._controller.remember(purpose=choice.purpose.value)
        return choice.purpose

    def show_calibration(self) -> None:
        self.calibration.show()

    def show_history(self) -> None:
        if self._history is None or not self._history.winfo_exists():
            self._history = HistoryWindow(self.root, self._controller, self._dialogs)
        self._history.refresh()
        self._history.lift()
        self._history.rows.focus_set()

    def _refresh_history(self) -> None:
        if self._history is not None and self._history.winfo_exists():
            self._history.refresh()

    def export_one(self, key: str) -> None:
        if self._controller.session:
            self._exports.one(self._controller.session.info, key)

    def export_everything(self) -> None:
        if self._controller.session:
            self._exports.everything(self._controller.session.info)

    def close(self) -> None:
        """Close the program; a running session is ended and kept."""
        if self._controller.phase is not Phase.IDLE and not self._dialogs.confirm(
            _("Close Emotion GUI?"),
            _("A session is running. Closing ends it; what was counted is kept."),
            yes=_("End and close"),
        ):
            return
        if not self.recordings.may_close():
            return
        self.root.event_generate(CLOSING)
        # Threads and files take a moment to close; the user need not watch.
        self.root.withdraw()
        self._controller.close(self._closed)

    def _closed(self, unsaved: int) -> None:
        self._poller.stop()
        if unsaved:
            self._dialogs.show_error(
                _("The end of the session could not be saved."),
                _("Everything up to the last time the disk took it is kept. Free some space before the next session."),
            )
        # This runs inside a beat, whose rest still needs the widgets.
        self.root.after_idle(self.root.destroy)

    def show_about(self) -> None:
        AboutWindow(self.root, self._controller).show()

    def _tick(self) -> None:
        for notice in self._controller.poll():
            self._take(notice)
        self.video.show_newest(self._controller)
        self.charts.show(self._controller.take_charts())
        self.timeline.show(self._controller.take_timeline())
        now = time.monotonic()
        if now >= self._next_texts:
            self._next_texts = now + _TEXT_INTERVAL_S
            self._refresh_texts(now)

    def _refresh_texts(self, now: float) -> None:
        self._follow_look()
        session = self._controller.session
        if self._controller.phase is not self._phase:
            self._phase = self._controller.phase
            self._refresh_history()
        self.recordings.refresh()
        self.source_bar.refresh()
        self.video.refresh(self._controller)
        self.session_panel.refresh()
        self.calibration.refresh()
        self.markers.refresh()
        self.evidence.refresh()
        self.verdict.refresh(session.judgement if session else None)
        self.status_bar.refresh(self._controller, now)
        self._start_by_itself()
        request = self._controller.label_request
        if request is not None and request is not self._asked:
            self._asked = request
            # Not from inside the beat: a question would hold up the pictures until it is answered.
            self.root.after_idle(self.sources.name_labels)

    def _start_by_itself(self) -> None:
        controller = self._controller
        ready = controller.model.state is ModelState.READY and controller.source.state is SourceState.PLAYING
        if self._autostart and ready:
            name, self._autostart = self._autostart, ""
            self.session_panel.start_for(name)

    def _take(self, notice: Notice) -> None:
        if notice.level is Level.INFO:
            self.status_bar.tell(f"{notice.message} {notice.hint}".strip(), time.monotonic())
        else:
            self.tell(notice)
