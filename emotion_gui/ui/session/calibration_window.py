"""Takes the candidate's personal baseline beside the running picture."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.controller.calibration import CalibrationState, CalibrationStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Calibrating
from emotion_gui.ui.look import paint
from emotion_gui.ui.session.calibration_bars import RestingBars
from emotion_gui.ui.session.calibration_wording import CalibrationWords, calibration_words, since_words
from emotion_gui.ui.theme import APP_NAME, STRONG_FONT, muted_label, pixels, space

_TEXT_WIDTH, _GREATEST_HEIGHT = 420, 320


class CalibrationWindow(ttk.Toplevel):
    """Says what to do, how far it is and what came out; the main window goes on behind it.

    Args:
        master: The main window.
        calibration: What is shown and told.

    Attributes:
        start_button: Begins, or begins again.
        close_button: Skips or closes; cancels what is being measured.
        remove_button: Uses no baseline any more.
    """

    def __init__(self, master: tk.Tk | tk.Toplevel, calibration: Calibrating) -> None:
        super().__init__(title=f"{_('Calibrate')} - {APP_NAME}", master=master)
        self.withdraw()
        self.resizable(False, False)
        self._calibration = calibration
        self._shown: CalibrationStatus | None = None
        self._refusal: CalibrationWords | None = None
        self._body = ttk.Frame(self, padding=space(self, 4))
        self._body.grid(sticky="nsew")
        self._body.columnconfigure(0, minsize=pixels(self, _TEXT_WIDTH))
        self._build_words()
        self._build_baseline()
        self._build_buttons()
        self.bind("<Escape>", lambda _event: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.refresh()
        self._place_beside_picture(master)
        self.deiconify()
        self.start_button.focus_set()

    def _place_beside_picture(self, master: tk.Tk | tk.Toplevel) -> None:
        """Over the charts: whoever leads the calibration watches the face, and nothing is counted meanwhile."""
        self.update_idletasks()
        gap = space(self, 6)
        x = master.winfo_rootx() + master.winfo_width() - self.winfo_reqwidth() - gap
        y = master.winfo_rooty() + master.winfo_height() // 2 - gap
        # What comes out makes the window higher.
        y = min(y, self.winfo_screenheight() - pixels(self, _GREATEST_HEIGHT))
        self.geometry(f"+{max(0, x)}+{max(0, y)}")

    def _build_words(self) -> None:
        wrap = pixels(self, _TEXT_WIDTH)
        self.title_label = ttk.Label(self._body, font=STRONG_FONT, wraplength=wrap, justify="left")
        self.text = ttk.Label(self._body, wraplength=wrap, justify="left")
        self.progress = ttk.Progressbar(self._body, maximum=1.0, length=wrap, bootstyle="primary")
        self.title_label.grid(row=0, sticky="w")
        self.text.grid(row=1, sticky="w", pady=(space(self, 1), 0))
        self.progress.grid(row=2, sticky="ew", pady=(space(self, 3), 0))

    def _build_baseline(self) -> None:
        self._baseline = ttk.Frame(self._body)
        self._baseline.grid(row=3, sticky="ew", pady=(space(self, 3), 0))
        self._baseline.columnconfigure(0, weight=1)
        self.since = muted_label(self._baseline)
        self.since.grid(row=0, sticky="w")
        muted_label(self._baseline, _("At rest this face is read as")).grid(row=1, sticky="w")
        self.bars = RestingBars(self._baseline)
        self.bars.grid(row=2, sticky="ew", pady=(space(self, 1), 0))

    def _build_buttons(self) -> None:
        row, gap = ttk.Frame(self._body), space(self, 2)
        row.grid(row=4, sticky="ew", pady=(space(self, 4), 0))
        row.columnconfigure(1, weight=1)
        self.remove_button = ttk.Button(row, text=_("Remove the baseline"), icon="trash", command=self.remove)
        self.close_button = ttk.Button(row, command=self.close)
        self.start_button = ttk.Button(row, bootstyle="primary", command=self.start)
        self.remove_button.grid(row=0, column=0)
        self.close_button.grid(row=0, column=2, padx=(gap, 0))
        self.start_button.grid(row=0, column=3, padx=(gap, 0))

    def start(self) -> None:
        """Begin to measure; say why where that cannot be."""
        try:
            self._calibration.start()
            self._refusal = None
        except AppError as error:
            self._refusal = CalibrationWords(error.message, error.hint, True)
        self._shown = None
        self.refresh()

    def remove(self) -> None:
        """Use no baseline any more."""
        self._calibration.remove()
        self.refresh()

    def close(self) -> None:
        """Close the window; what is being measured is given up."""
        self._calibration.cancel()
        self.destroy()

    def refresh(self) -> None:
        """Follow the calibration; called some times a second."""
        status = self._calibration.status
        if status == self._shown:
            return
        if self._shown is not None:
            self._refusal = None
        self._shown = status
        words = self._refusal or calibration_words(status)
        self.title_label.configure(text=words.title)
        paint(self.text, foreground="warning" if words.trouble else "muted").configure(text=words.text)
        self._show_progress(status)
        self._show_baseline(status)

    def _show_progress(self, status: CalibrationStatus) -> None:
        measuring = status.state is CalibrationState.MEASURING
        self.progress.configure(value=status.progress)
        _show(self.progress, measuring)
        _show(self.start_button, not measuring)
        again = status.baseline is not None or status.state is CalibrationState.FAILED
        self.start_button.configure(text=_("Calibrate again") if again else _("Calibrate"))
        if measuring:
            self.close_button.configure(text=_("Cancel"))
        else:
            self.close_button.configure(text=_("Close") if status.baseline else _("Skip"))

    def _show_baseline(self, status: CalibrationStatus) -> None:
        measuring = status.state is CalibrationState.MEASURING
        if status.baseline:
            self.since.configure(text=since_words(status.baseline))
            self.bars.show(status.baseline)
        _show(self._baseline, status.baseline is not None)
        _show(self.remove_button, status.baseline is not None and not measuring)


def _show(widget: tk.Widget, shown: bool) -> None:
    if shown:
        widget.grid()
    else:
        widget.grid_remove()
