"""What is asked before somebody is watched through the browser's pages, where other things are true than in the window.

No picture is ever stored there, so there is no box to tick for one; and with an access token, others can look on.
"""

from __future__ import annotations

from dataclasses import replace

from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion, Passage, consent_question
from emotion_gui.core.source_spec import CAMERA, FILE, SourceSpec
from emotion_gui.core.translation import N_, _

# Counted up by hand whenever a text means something else than before.
UPLOAD_EDITION, STREAM_EDITION = 1, 1

_FORGOTTEN = N_(
    "Each picture is analysed, shown in the browser and then forgotten. What is kept are numbers, with the name or "
    "code and the times. No picture is stored."
)
_SHOWN_TO_OTHERS = N_(
    "Everything is computed and kept on this computer. While the session runs, everyone who was given this server's "
    "access token can see the picture and the result in a browser."
)
_UPLOAD_PLACE = Passage(
    N_("What happens to the file"),
    N_("The file is analysed on the computer that runs this page and is deleted before the answer is shown."),
)
_STREAM_PLACE = Passage(
    N_("What happens to the picture"),
    N_(
        "The browser sends it to the computer that runs this page. It is analysed there, shown and forgotten at once. "
        "No picture and no number is kept: all of it is gone when this tab is closed."
    ),
)


def live_question(spec: SourceSpec, keep_days: int, *, network: bool) -> ConsentQuestion:
    """What to ask before a session that is shown in browsers.

    Args:
        spec: What would be watched.
        keep_days: Days that sessions are kept; 0 for ever.
        network: Whether others than this machine's users can look on.
    """
    question = consent_question(spec, keep_days)
    passages = tuple(_for_browsers(passage, network=network) for passage in question.text.passages)
    return replace(question, text=replace(question.text, passages=passages))


def _for_browsers(passage: Passage, *, network: bool) -> Passage:
    if passage.permissions:
        return Passage(passage.heading, _(_FORGOTTEN))
    if network and passage.heading == _("Where it stays"):
        return Passage(passage.heading, _(_SHOWN_TO_OTHERS))
    return passage


def upload_question() -> AgreementText:
    """What whoever uploads a photo or a video confirms; nothing of it is kept."""
    computed, meaning, *_others = consent_question(SourceSpec(FILE), 0).text.passages
    return AgreementText(
        _("Before this file is analysed"),
        _("Whoever is seen in this file has to know the following and agree to it."),
        (computed, meaning, _UPLOAD_PLACE.translated()),
        _("Everybody who is seen in this file agreed to it."),
        _("Analyse"),
        "",
        UPLOAD_EDITION,
    )


def stream_question() -> AgreementText:
    """What is asked before a browser's own camera is watched and nothing of it is kept."""
    computed, meaning, *_others = consent_question(SourceSpec(CAMERA), 0).text.passages
    return AgreementText(
        _("Before the camera opens"),
        _("For everybody before the camera. Please read this, and ask about anything that is unclear."),
        (computed, meaning, _STREAM_PLACE.translated()),
        _("Everybody before the camera has read this and agrees to it."),
        _("I agree"),
        "",
        STREAM_EDITION,
    )
