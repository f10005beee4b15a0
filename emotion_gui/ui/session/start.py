"""Everything that is asked before a session starts, in its order: what it is for, and whether the candidate agrees."""

from __future__ import annotations

from dataclasses import replace

from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.consent_texts import (
    DECLINED_LIVE,
    DECLINED_RECORDING,
    acknowledged_only,
    consent_question,
    recruitment_notice,
)
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs


class SessionStart:
    """Asks and, where all agree, starts.

    Args:
        controller: Starts the session.
        dialogs: Asks.
    """

    def __init__(self, controller: Controller, dialogs: Dialogs) -> None:
        self._controller = controller
        self._dialogs = dialogs
        self._acknowledged = ""

    def may_be_for(self, purpose: Purpose) -> bool:
        """Whether a session may have this purpose; recruitment may once its notice was acknowledged."""
        if purpose is not Purpose.RECRUITMENT:
            return True
        notice = recruitment_notice()
        # Another language is another text: what was not read cannot have been acknowledged.
        if self._acknowledged != notice.version and self._dialogs.ask_acknowledgement(notice):
            self._acknowledged = notice.version
        return self._acknowledged == notice.version

    def start(self, candidate: str, note: str, purpose: Purpose) -> str:
        """Start a session where everything that must be agreed to is.

        Returns:
            Why it did not start, where somebody said no; empty where it did.

        Raises:
            AppError: It cannot start now; the message says what to do.
        """
        spec = self._controller.check_ready()
        if not self.may_be_for(purpose):
            return _("Choose another purpose first.")
        consent: Consent | None = None
        if spec.watches_people:
            consent = self._ask(spec, purpose)
            if consent is None:
                return _(DECLINED_LIVE if spec.live else DECLINED_RECORDING)
        elif purpose is Purpose.RECRUITMENT:
            consent = acknowledged_only(self._acknowledged)
        self._controller.start(candidate, note, purpose=purpose, consent=consent)
        return ""

    def _ask(self, spec: SourceSpec, purpose: Purpose) -> Consent | None:
        consent = self._dialogs.ask_consent(consent_question(spec, self._controller.settings.keep_days))
        if consent and purpose is Purpose.RECRUITMENT:
            return replace(consent, notice_version=self._acknowledged)
        return consent
