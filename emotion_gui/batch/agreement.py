"""What a script's options say about purpose and consent."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from textwrap import fill

from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.consent_texts import recruitment_notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _, language

_TERMINAL = 100


def script_agreement(purpose: Purpose, *, consent_given: bool, notice_read: bool) -> Consent:
    """What a script's options say about consent; the record tells it as it is, also that nobody was asked.

    Prints the notice on recruitment where that is the purpose.

    Args:
        purpose: What the analysis is for.
        consent_given: Whether the user confirms that the people in the recordings agreed.
        notice_read: Whether the user confirms having read the notice on recruitment.

    Raises:
        AppError: The purpose is recruitment, and one of the two confirmations is missing.
    """
    asked_of, version = (AskedOf.USER, "option --consent-given") if consent_given else (AskedOf.NOBODY, "")
    consent = Consent(datetime.now(UTC).replace(microsecond=0), version, language(), asked_of=asked_of)
    if purpose is not Purpose.RECRUITMENT:
        return consent
    notice = recruitment_notice()
    print(*(fill(line, _TERMINAL) for line in notice.plain.splitlines()), sep="\n", file=sys.stderr)
    if not (consent_given and notice_read):
        raise AppError(
            _("Recruitment needs the agreement of everyone in the recording, and that the notice above was read."),
            _("If both is so, add --consent-given and --recruitment-notice-read."),
        )
    return replace(consent, notice_version=notice.version)
