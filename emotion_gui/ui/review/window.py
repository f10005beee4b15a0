"""A past session to look through: every moment, what happened when, and what other thresholds would have said."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

import ttkbootstrap as ttk

from emotion_gui.controller.opened_session import ChartPlace, OpenedSession
from emotion_gui.controller.review import SetRight
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.markers import Marker
from emotion_gui.core.moments import Moment
from emotion_gui.core.session import SessionInfo, SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.export_flow import ExportFlow
from emotion_gui.ui.look import on_new_look, paint, worn
from emotion_gui.ui.menu_bar import TEXT_CLASSES, build_menu
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.review.entries import EntriesPanel
from emotion_gui.ui.review.exports import export_commands
from emotion_gui.ui.review.head import ReviewHead
from emotion_gui.ui.review.moment import MomentPanel
from emotion_gui.ui.review.page import ReportPage
from emotion_gui.ui.review.picture import MomentPicture
from emotion_gui.ui.review.timeline import ReviewTimeline
from emotion_gui.ui.review.what_if import WhatIfPanel
from emotion_gui.ui.review.wording import fine_clock
from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.theme import fit_window, pixels, space
from emotion_gui.ui.wording import moment, shortened

_WIDTH, _HEIGHT, _LEAST_WH = 1200, 800, (980, 530)
_TIMELINE_HEIGHT, _SIDE_WIDTH, _MOMENT_WIDTH = 148, 340, 350


class ReviewWindow(ttk.Toplevel):
    """Opens a stored session in the background and shows it.

    Args:
        master: The window that it belongs to.
        controller: Opens the session, draws and stores.
        dialogs: Asks the user.
        info: The session.

    Attributes:
        session: The opened session; None while it is read.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs, info: SessionInfo) -> None:
        name = shortened(" ".join(info.candidate.split()) or _("No name given"), 60)
        super().__init__(title=f"{name}, {moment(info.started_at)}", master=master)
        fit_window(self, (_WIDTH, _HEIGHT), _LEAST_WH)
        self._controller = controller
        self._dialogs = dialogs
        self._info = info
        self._exports = ExportFlow(controller, dialogs, self.tell)
        self.session: OpenedSession | None = None
        area = ScrollArea(self, _LEAST_WH)
        area.pack(fill="both", expand=True)
        self._page = area.content
        self._page.columnconfigure(0, weight=1)
        self._page.rowconfigure(2, weight=1)
        self.banner = NoticeBanner(self._page, row=0)
        self.message = ttk.Label(self._page, text=_("Opening the session..."), justify="center")
        paint(self.message, foreground="muted")
        self.message.grid(row=2, column=0)
        self.bind("<Escape>", lambda event: self.destroy())
        controller.review.open(info.session_id, self._opened, self._failed)

    def tell(self, notice: Notice) -> None:
        """Show a notice over the window."""
        if self.winfo_exists():
            self.banner.tell(notice)

    def _failed(self, error: AppError) -> None:
        if not self.winfo_exists():
            return
        if self.session is None:
            self.message.configure(text=f"⚠ {error}", wraplength=max(1, self.winfo_width() - space(self, 20)))
        else:
            self.tell(Notice(Level.ERROR, error.message, error.hint))

    def _opened(self, session: OpenedSession) -> None:
        if not self.winfo_exists():
            return
        self.session = session
        self.message.grid_remove()
        self._build(session)
        self._bind_keys()
        self.timeline.scrub_bar.focus_set()
        self.timeline.go_to(0.0)

    def _build(self, session: OpenedSession) -> None:
        gap = space(self, 3)
        self.head = ReviewHead(self._page, session.record)
        self.head.grid(row=1, column=0, sticky="ew", padx=gap, pady=(gap, 0))
        commands = export_commands(
            lambda key: self._exports.one(self._info, key), lambda: self._exports.everything(self._info)
        )
        self.head.export_button.configure(menu=build_menu(self.head.export_button, commands))
        body = ttk.Frame(self._page)
        body.grid(row=2, column=0, sticky="nsew", padx=gap, pady=(gap, 0))
        self.timeline = ReviewTimeline(self._page, session, self._show_time)
        self.timeline.grid(row=3, column=0, sticky="nsew", padx=gap, pady=gap)
        self._page.rowconfigure(2, weight=2)
        self._page.rowconfigure(3, weight=1, minsize=pixels(self, _TIMELINE_HEIGHT))
        self._build_body(body, session)

    def _build_body(self, body: ttk.Frame, session: OpenedSession) -> None:
        gap = space(self, 2)
        body.rowconfigure(0, weight=1)
        body.columnconfigure(0, weight=1)
        body.columnconfigure(1, minsize=pixels(self, _MOMENT_WIDTH))
        body.columnconfigure(2, minsize=pixels(self, _SIDE_WIDTH))
        self.views = self._build_views(body, session)
        self.views.grid(row=0, column=0, sticky="nsew")
        self.moment = MomentPanel(body, self.set_right, self.take_back)
        self.moment.grid(row=0, column=1, sticky="nsew", padx=gap)
        side = ttk.Notebook(body, width=1, height=1)
        side.grid(row=0, column=2, sticky="nsew")
        self.entries = EntriesPanel(
            side,
            on_choose=self.timeline.go_to,
            on_add=self.add_marker,
            on_rename=self.rename_marker,
            on_remove=self.remove,
        )
        self.what_if = WhatIfPanel(side, session.record)
        side.add(self.entries, text=_("Markers and events"))
        side.add(self.what_if, text=_("Other thresholds"))
        # As wide as its words are in the user's language.
        self.update_idletasks()
        wanted = max(self.what_if.winfo_reqwidth(), self.entries.winfo_reqwidth()) + gap
        body.columnconfigure(2, minsize=max(pixels(self, _SIDE_WIDTH), wanted))
        self.side = side
        self.entries.show(session.record)

    def _build_views(self, body: ttk.Frame, session: OpenedSession) -> ttk.Notebook:
        # Asked for small: its tabs take what the window has left and never push it.
        views = ttk.Notebook(body, width=1, height=1)
        self.charts = PictureCanvas(views, background="ground", on_resize=self._draw_shares)
        on_new_look(self.charts, lambda: self._draw_shares(self.charts.winfo_width(), self.charts.winfo_height()))
        self.picture = MomentPicture(views, session)
        self.page = ReportPage(views, self._controller.history, self._info.session_id)
        for tab, title in ((self.charts, _("Shares")), (self.picture, _("Picture")), (self.page, _("Report page"))):
            views.add(tab, text=title)
        views.bind("<<NotebookTabChanged>>", lambda event: self._tab_changed())
        return views

    def _bind_keys(self) -> None:
        for key in ("m", "M"):
            self._bind_typed(key, self.add_marker)
        for number in range(len(EMOTIONS)):
            self._bind_typed(f"Key-{number + 1}", partial(self.moment.press, number))
            self._bind_typed(f"KP_{number + 1}", partial(self.moment.press, number))

    def _bind_typed(self, key: str, action: Callable[[], None]) -> None:
        def pressed(event: tk.Event[tk.Misc]) -> None:
            # In a text field it is a character.
            if event.widget.winfo_class() not in TEXT_CLASSES:
                action()

        self.bind(f"<{key}>", pressed)

    def _draw_shares(self, width: int, height: int) -> None:
        if self.session and min(width, height) >= pixels(self, 120):
            place = ChartPlace((width, height), max(100.0, self.winfo_fpixels("1i")), worn().dark)
            self.session.draw_shares(place, lambda rgb: self.charts.show(rgb) if self.charts.winfo_exists() else None)

    def _tab_changed(self) -> None:
        if self.views.select() == str(self.page):
            self.page.draw()

    def _show_time(self, time_s: float) -> None:
        if self.session:
            self.session.show_moment(time_s, self._show_moment)
            self.picture.show(time_s)

    def _show_moment(self, shown: Moment) -> None:
        if self.winfo_exists() and self.session:
            self.timeline.show_moment(shown)
            self.moment.show(shown, _correction_at(self.session.record, shown), self._info.consent)

    def add_marker(self) -> None:
        """Ask for a text and set a marker at the moment that is looked at."""
        if self.session is None:
            return
        time_s = self.timeline.time_s
        prompt = _("What happened at {time}?").format(time=fine_clock(time_s))
        text = self._dialogs.ask_text(_("New marker"), prompt)
        if text is not None and self.winfo_exists():
            self._controller.review.put_marker(self.session, Marker(time_s, text), self._changed, self._failed)

    def rename_marker(self, marker: Marker) -> None:
        prompt = _("What happened at {time}?").format(time=fine_clock(marker.time_s))
        text = self._dialogs.ask_text(_("Rename the marker"), prompt, marker.text)
        if text is not None and self.session and self.winfo_exists():
            renamed = Marker(marker.time_s, text, marker.marker_id)
            self._controller.review.put_marker(self.session, renamed, self._changed, self._failed)

    def remove(self, item: Marker | Correction) -> None:
        """Remove a marker, or take a correction back."""
        if self.session is None:
            return
        if isinstance(item, Correction):
            self.take_back(item)
            return
        question = _("The marker '{text}' will be gone.").format(text=shortened(" ".join(item.text.split())))
        if self._dialogs.confirm(_("Remove the marker?"), question, yes=_("Remove"), danger=True):
            self._controller.review.delete_marker(self.session, item, self._changed, self._failed)

    def set_right(self, right: Emotion) -> None:
        """Say which expression is the right one at the moment that is looked at."""
        shown = self.moment.moment
        if self.session is None or shown is None or shown.frame is None or shown.face is None:
            return
        if shown.face.label is right:
            # What the program said is right after all: an earlier correction of it is none any more.
            if self.moment.correction:
                self.take_back(self.moment.correction)
            return
        wanted = Correction(shown.frame.time_s, shown.face.label, right)
        self._controller.review.set_right(self.session, wanted, self._was_set_right, self._failed)

    def take_back(self, correction: Correction) -> None:
        if self.session:
            self._controller.review.take_back(self.session, correction, self._changed, self._failed)

    def _was_set_right(self, _outcome: SetRight) -> None:
        if self.session:
            self._changed(self.session.record)

    def _changed(self, record: SessionRecord) -> None:
        if not self.winfo_exists():
            return
        self.entries.show(record)
        self.head.refresh(record)
        self.timeline.refresh()
        self.page.draw_again()
        if self.moment.moment:
            shown = self.moment.moment
            self.moment.show(shown, _correction_at(record, shown), self._info.consent)


def _correction_at(record: SessionRecord, shown: Moment) -> Correction | None:
    if shown.frame is None:
        return None
    return next((each for each in record.corrections if each.time_s == shown.frame.time_s), None)
