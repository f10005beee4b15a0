"""Who is before the camera, and Start, Pause and Stop."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as ttk

from emotion_gui.controller.status import Phase
from emotion_gui.core.consent import Purpose
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.session.purpose_choice import PurposeChoice
from emotion_gui.ui.session.start import SessionStart
from emotion_gui.ui.situation import Sight, Situation, of_session
from emotion_gui.ui.situation_looks import LOOKS
from emotion_gui.ui.theme import FIGURE_FONT, SMALL_FONT, Card, muted_label, pixels, set_enabled, space
from emotion_gui.ui.tooltip import ToolTip
from emotion_gui.ui.wording import clock

_NAME_FIRST = N_("Enter a name or a code for the candidate first.")

_TEXT_WIDTH = 260
# Seconds that are added up in binary fall short of whole ones by less than this.
_BINARY_S = 1e-6


@dataclass(frozen=True)
class _View:
    """Everything that this panel shows of the controller, to see what changed."""

    phase: Phase
    stands: Situation | None = None
    ended: bool = False
    elapsed: str = "0:00"
    usable: str = "0:00"
    unusable: str = "0:00"


def _view_of(controller: Controller) -> _View:
    session, phase = controller.session, controller.phase
    if session is None:
        return _View(phase)
    statistics = session.statistics
    usable_s = int(statistics.face_duration_s + _BINARY_S)
    return _View(
        phase,
        of_session(Sight.of(controller)),
        phase is Phase.IDLE,
        # The last picture stands for the time since the one before it, which may round up to the next second.
        clock(max(session.time_s, statistics.duration_s)),
        clock(usable_s),
        # By whole seconds, so that both make up the time that they are parts of.
        clock(int(statistics.duration_s + _BINARY_S) - usable_s),
    )


class SessionPanel(Card):
    """The session's controls and figures.

    Args:
        master: The parent widget.
        controller: Whom to tell.
        dialogs: Asks for consent.

    Attributes:
        export_button: Opens the export menu that the window gives it; alive once a session has ended.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs) -> None:
        super().__init__(master, _("Session"))
        self._controller = controller
        self._session_start = SessionStart(controller, dialogs)
        self._view: _View | None = None
        self._destroyed = False
        self.bind("<Destroy>", lambda _: setattr(self, "_destroyed", True))
        self._candidate = tk.StringVar(self, controller.settings.candidate)
        # A window that is built anew, in another language or size, must not forget what was noted.
        running = controller.session if controller.phase is not Phase.IDLE else None
        self._note = tk.StringVar(self, running.info.note if running else "")
        self.columnconfigure(0, weight=0)
        self.columnconfigure(1, weight=1)
        self.candidate = self._field(1, _("Candidate"), self._candidate)
        self.note = self._field(2, _("Note"), self._note)
        self.purpose = self._purpose_choice(2)
        self.problem = ttk.Label(self, bootstyle="danger", wraplength=pixels(self, _TEXT_WIDTH), justify="left")
        self.problem.grid(row=3, column=0, columnspan=3, sticky="w")
        self.problem.grid_remove()
        self._stands: Situation | None = None
        self.progress = ttk.Label(self, font=SMALL_FONT)
        gap = space(self, 1)
        self.progress.grid(row=0, column=1, columnspan=2, sticky="w", padx=(2 * gap, 0), pady=(0, gap))
        self._build_export()
        self._build_buttons()
        self._build_figures()
        self._candidate.trace_add("write", lambda *_: self._tell(""))
        self.candidate.bind("<Return>", lambda _: self.start())
        for sequence in ("<FocusOut>", "<Return>"):
            self.note.bind(sequence, lambda _: self._note_changed())

    def _field(self, row: int, label: str, variable: tk.StringVar) -> ttk.Entry:
        ttk.Label(self, text=label).grid(row=row, column=0, sticky="w", padx=(0, space(self, 2)))
        entry = ttk.Entry(self, textvariable=variable, width=10)
        entry.grid(row=row, column=1, columnspan=2, sticky="ew", pady=(0, space(self, 1)))
        return entry

    def _purpose_choice(self, row: int) -> PurposeChoice:
        """Beside the note, because a row of its own would take its height from the charts of a small screen."""
        self.note.grid_configure(columnspan=1)
        choice = PurposeChoice(self, self._controller.settings.purpose, self._session_start.may_be_for)
        choice.box.grid(row=row, column=2, sticky="ew", padx=(space(self, 1), 0), pady=(0, space(self, 1)))
        ToolTip(choice.box, text=_("What the session is for; it stands in the record and in every report"))
        return choice

    def _build_export(self) -> None:
        self.export_button = ttk.Menubutton(self, text=_("Export"), icon="download", bootstyle="ghost")
        # Placed, not gridded: the title's row must stay as high as that of the card beside it.
        self.export_button.place(relx=1.0, y=-space(self, 2), anchor="ne")
        ToolTip(self.export_button, text=_("Save the tables and the report (Ctrl+E)"))

    def _build_buttons(self) -> None:
        row = ttk.Frame(self)
        row.grid(row=4, column=0, columnspan=3, sticky="ew", pady=(0, space(self, 1)))
        self.start_button = ttk.Button(
            row, text=_("Start"), icon="record-circle", bootstyle="primary", command=self.start
        )
        self.pause_button = ttk.Button(row, text=_("Pause"), icon="pause-fill", command=self.pause_or_resume)
        self.stop_button = ttk.Button(row, text=_("Stop"), icon="stop-fill", command=self.stop)
        buttons = (self.start_button, self.pause_button, self.stop_button)
        for column, button in enumerate(buttons):
            button.grid(row=0, column=column, sticky="ew", padx=(0, space(self, 1) if column < 2 else 0))
            row.columnconfigure(column, weight=1)
        for button, text in zip(
            buttons,
            (
                _("Start counting for this candidate (F5)"),
                _("Stop counting for a while, or go on (Space)"),
                _("End the session and keep its result (Shift+F5)"),
            ),
            strict=True,
        ):
            ToolTip(button, text=text)

    def add_tool(self, text: str, *, icon: str, tooltip: str, command: Callable[[], None]) -> ttk.Button:
        """Put a small button for something to do beside counting into the panel's second row.

        Args:
            text: One word.
            icon: Name of a Bootstrap icon.
            tooltip: What it does, with its key.
            command: Called on a click.
        """
        # Flat: two full rows of buttons would take their height from the charts of a small screen.
        flat = (space(self, 2), 0)
        button = ttk.Button(self._tools, text=text, icon=icon, bootstyle="ghost", padding=flat, command=command)
        button.pack(side="left", padx=(0, space(self, 1)))
        ToolTip(button, text=tooltip)
        return button

    def _build_figures(self) -> None:
        self._tools = ttk.Frame(self)
        self._tools.grid(row=5, column=0, columnspan=3, sticky="ew")
        row = ttk.Frame(self)
        row.grid(row=6, column=0, columnspan=3, sticky="ew")
        self.elapsed, self.usable, self.unusable = (
            self._figure(row, column, caption, tooltip)
            for column, (caption, tooltip) in enumerate(
                (
                    (_("elapsed"), _("Time since the start of the session, pauses included")),
                    (_("usable"), _("Time in which the face could be judged; only this counts")),
                    (_("not usable"), _("Time without the face, or with one that could not be judged")),
                )
            )
        )

    def _figure(self, row: ttk.Frame, column: int, caption: str, tooltip: str) -> ttk.Label:
        row.columnconfigure(column, weight=1, uniform="figures")
        figure = ttk.Label(row, text="0:00", font=FIGURE_FONT)
        figure.grid(row=0, column=column, sticky="w")
        name = muted_label(row, caption)
        name.grid(row=1, column=column, sticky="w")
        for label in (figure, name):
            ToolTip(label, text=tooltip)
        return figure

    def start(self) -> None:
        """Ask what must be asked and start a session for the name typed; say what is missing where it cannot start."""
        if self._controller.phase is not Phase.IDLE:
            return
        name = self._candidate.get().strip()
        if not name:
            self._tell(_(_NAME_FIRST))
            self.candidate.focus_set()
            return
        try:
            refusal = self._session_start.start(name, self._note.get().strip(), self.purpose.purpose)
        except AppError as error:
            refusal = str(error)
        if self._destroyed:
            # The program was closed over the question.
            return
        self._tell(refusal)
        if not refusal:
            # The keyboard is for Space now, not for the name.
            self.winfo_toplevel().focus_set()

    def start_for(self, name: str) -> None:
        """Start a practice session for a name as if both had been chosen."""
        self._candidate.set(name)
        self.purpose.choose(Purpose.PRACTICE)
        self.start()

    def pause_or_resume(self) -> None:
        if self._controller.phase is Phase.RUNNING:
            self._controller.pause()
        elif self._controller.phase is Phase.PAUSED:
            self._controller.resume()

    def stop(self) -> None:
        if self._controller.phase is not Phase.IDLE:
            self._note_changed()
            self._controller.stop()

    def refresh(self) -> None:
        """Follow the controller; called some times a second."""
        view = _view_of(self._controller)
        if view != self._view:
            self._view = view
            self._show(view)

    def _show(self, view: _View) -> None:
        idle = view.phase is Phase.IDLE
        self._show_stand(view.stands)
        set_enabled(self.start_button, idle)
        set_enabled(self.pause_button, not idle)
        set_enabled(self.stop_button, not idle)
        set_enabled(self.candidate, idle)
        self.purpose.box.configure(state="readonly" if idle else "disabled")
        set_enabled(self.export_button, view.ended)
        resume = view.phase is Phase.PAUSED
        self.pause_button.configure(
            text=_("Resume") if resume else _("Pause"), icon="play-fill" if resume else "pause-fill"
        )
        session = self._controller.session
        if session and not idle and self._candidate.get() != session.info.candidate:
            # A code stands for the name that was typed.
            self._candidate.set(session.info.candidate)
        self.elapsed.configure(text=view.elapsed)
        self.usable.configure(text=view.usable)
        self.unusable.configure(text=view.unusable)

    def _show_stand(self, stands: Situation | None) -> None:
        if stands is self._stands:
            return
        self._stands = stands
        look = LOOKS[stands] if stands else None
        self.progress.configure(text=_(look.sentence) if look else "", bootstyle=look.role.value if look else "")
        ttk.apply_icon(self.progress, look.icon if look else None)

    def _tell(self, problem: str) -> None:
        self.problem.configure(text=problem)
        if problem:
            self.problem.grid()
        else:
            self.problem.grid_remove()

    def _note_changed(self) -> None:
        session = self._controller.session
        note = self._note.get().strip()
        if session is not None and self._controller.phase is not Phase.IDLE and note != session.info.note:
            self._controller.update_note(note)
