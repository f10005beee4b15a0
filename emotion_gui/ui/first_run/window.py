"""The introduction: a few pages that tell what the program does and ask what matters first."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

import ttkbootstrap as ttk

from emotion_gui.core.consent import Purpose
from emotion_gui.core.paths import user_data_folder
from emotion_gui.core.settings import INTRODUCTION
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.first_run.actions import FirstRunActions
from emotion_gui.ui.first_run.camera_page import CameraPage
from emotion_gui.ui.first_run.keeping_page import KeepingPage
from emotion_gui.ui.first_run.page import Page
from emotion_gui.ui.first_run.purpose_page import PurposePage
from emotion_gui.ui.first_run.welcome_page import WelcomePage
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.theme import APP_NAME, muted_label, set_enabled, space

_HERE, _ELSEWHERE = "●", "○"


class FirstRunWindow(ModalWindow):
    """One page at a time; Return goes on, Escape skips the rest.

    Args:
        master: The parent widget.
        controller: Is told what is chosen.
        actions: What the pages can do beyond the introduction.

    Attributes:
        pages: In their order.
        back: Goes back.
        progress: Says which page of how many this is.
    """

    def __init__(self, master: tk.Misc, controller: Controller, actions: FirstRunActions) -> None:
        super().__init__(master, _("Introduction - {name}").format(name=APP_NAME))
        self.resizable(False, False)
        self._controller = controller
        self._actions = actions
        self._shown = 0
        self.back = ttk.Button(self.buttons, text=_("Back"), command=lambda: self._go(-1))
        self.progress = muted_label(self.buttons)
        self.cancel_button.configure(text=_("Skip"), width=max(8, len(_("Skip"))))
        self.cancel_button.pack_forget()
        self.back.pack(side="right", padx=(0, space(self, 2)))
        self.cancel_button.pack(side="left")
        self.progress.pack(side="left", padx=space(self, 4))
        self.pages = self._build_pages()
        for button in (self.ok_button, self.back, self.cancel_button):
            # Space presses no button of ttkbootstrap's.
            button.bind("<space>", lambda event: event.widget.invoke())
        self._keep_its_size()
        self._show_page()

    def _build_pages(self) -> tuple[Page, ...]:
        settings = self._controller.settings
        purpose = Purpose.PRACTICE
        with suppress(ValueError):
            purpose = Purpose(settings.purpose)
        return (
            WelcomePage(self.body, settings.language, self._actions.speak),
            PurposePage(self.body, purpose, self._choose_purpose),
            CameraPage(self.body, self._controller, self._try_demo),
            KeepingPage(self.body, user_data_folder(), settings.keep_days, self._controller.desktop.open),
        )

    def _keep_its_size(self) -> None:
        """As large as the largest page, so that the buttons stay where they are."""
        self.update_idletasks()
        self.body.columnconfigure(0, weight=1, minsize=max(page.winfo_reqwidth() for page in self.pages))
        self.body.rowconfigure(0, weight=1, minsize=max(page.winfo_reqheight() for page in self.pages))

    @property
    def page(self) -> Page:
        """The one that is shown."""
        return self.pages[self._shown]

    def accept(self) -> None:
        """Go on; after the last page, the introduction is over."""
        if self._shown + 1 < len(self.pages):
            self._go(1)
        else:
            self._end()

    def cancel(self) -> None:
        """Skip what is left."""
        self._end()

    def _end(self) -> None:
        self.page.left()
        self._controller.remember(introduction=INTRODUCTION)
        self.destroy()

    def _go(self, pages: int) -> None:
        before, self._shown = self.page, max(0, self._shown + pages)
        before.grid_remove()
        before.left()
        self._show_page()

    def _show_page(self) -> None:
        number, count = self._shown + 1, len(self.pages)
        self.page.grid(row=0, column=0, sticky="nsew")
        dots = " ".join(_HERE if page is self.page else _ELSEWHERE for page in self.pages)
        place = _("{number} of {count}").format(number=number, count=count)
        self.progress.configure(text=f"{dots}   {place}")
        set_enabled(self.back, number > 1)
        words = _("Next") if number < count else _("Finish")
        self.ok_button.configure(text=words, width=max(10, len(words)))
        self.ok_button.focus_set()
        self.page.entered()

    def _choose_purpose(self, purpose: Purpose) -> Purpose:
        chosen = self._actions.choose_purpose(purpose)
        # Where a notice was shown in between, it was one of the main window's.
        self.lift()
        return chosen

    def _try_demo(self) -> None:
        self._end()
        self._actions.play_demo()
