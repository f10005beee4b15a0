"""Every text about consent and about what a session may be used for; change one, and its version changes with it.

The texts avoid 'you' where somebody else may read them aloud: a candidate before a camera and a user with a recording
are told the same. They state what laws say in short and give no legal advice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import N_, _, language, plural

# Counted up by hand whenever a text means something else than before; the hash behind it tells the exact wording.
CONSENT_EDITION, NOTICE_EDITION = 1, 1
_HASH_DIGITS = 12

PURPOSES: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.PRACTICE: N_("Practice"),
        Purpose.COACHING: N_("Coaching"),
        Purpose.RESEARCH: N_("Research"),
        Purpose.RECRUITMENT: N_("Recruitment"),
        Purpose.OTHER: N_("Other"),
    }
)

CAMERA_OFF = N_("The camera is off.")
STREAM_OFF = N_("The stream is off.")
OPENS_AFTER_CONSENT = N_("It opens when a session starts, after the candidate has agreed.")
START_HERE = N_("Start a session")
PREVIEW = N_("Preview - faces are named once a session starts")
# As short as a line or two: they stand where they take room from the charts.
DECLINED_LIVE = N_("Not started, as nobody agreed. Nothing was kept.")
DECLINED_RECORDING = N_("Not started, as nobody agreed. Nothing was analysed.")


@dataclass(frozen=True)
class Passage:
    """One part of a text.

    Attributes:
        heading: Its heading.
        text: What it says.
        permissions: Boxes to tick under it: words by the field of `Consent` that they set.
    """

    heading: str
    text: str
    permissions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def translated(self) -> Passage:
        """The same in the user's language."""
        boxes = {name: _(words) for name, words in self.permissions.items()}
        return Passage(_(self.heading), _(self.text), MappingProxyType(boxes))

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is read of it, in order."""
        return (self.heading, self.text, *self.permissions.values())


_COMPUTED = Passage(
    N_("What is computed"),
    N_(
        "Many times a second, the program looks for faces in the picture and estimates how well each one matches seven "
        "expressions: angry, disgust, fear, happy, sad, surprise and neutral. It adds them up and compares the sums "
        "with limits that the interviewer has set. The outcome reads 'nervous', 'not nervous' or 'not enough data'."
    ),
)
_MEANING = Passage(
    N_("What it does not tell"),
    N_(
        "A face shows an expression, not a feeling. The result does not measure feelings, honesty or suitability, and "
        "it can be wrong."
    ),
)
_PLACE = Passage(
    N_("Where it stays"),
    N_("Everything is computed and kept on this computer. Nothing is sent to anybody, and no account is needed."),
)
_PICTURES = Passage(
    N_("Pictures"),
    N_(
        "Each picture is analysed and then forgotten. What is kept are numbers, with the name or code, the note and "
        "the times. Pictures are stored only where one of these boxes is ticked, which is never necessary:"
    ),
    MappingProxyType(
        {
            "keeps_video": N_("The picture with its marks may be recorded, as a video or as single pictures."),
            "keeps_crops": N_("Pictures of the face may be kept together with labels that are set right later."),
        }
    ),
)
_NO_PICTURES = Passage(
    N_("Pictures"),
    N_(
        "Each picture is analysed and then forgotten; the recordings themselves stay as they are. What is kept are "
        "numbers, with the name or code and the times."
    ),
)
_READERS = Passage(
    N_("Who sees the result"),
    N_(
        "Whoever uses the program on this computer sees the result, and so does everyone to whom the interviewer hands "
        "a report. Ask who that will be. A copy of everything that is kept can be asked for."
    ),
)
_KEPT_HEADING = N_("How long it is kept")
_CHOICE = Passage(
    N_("Saying no, stopping, deleting"),
    N_(
        "Saying no is fine: then nothing is watched and nothing is kept. The session can be stopped at any time, and "
        "what was kept can be deleted at any time, also later, without giving a reason."
    ),
)

_EU = Passage(
    N_("European Union"),
    N_(
        "Since 2 February 2025, the AI Act (Regulation (EU) 2024/1689), Article 5(1)(f), prohibits the use of AI "
        "systems to infer the emotions of people at the workplace and in education, except for medical or safety "
        "reasons. The European Commission's guidelines count recruitment as part of it."
    ),
)
_ILLINOIS = Passage(
    N_("Illinois"),
    N_(
        "The Artificial Intelligence Video Interview Act (820 ILCS 42) requires, before the interview, that applicants "
        "are told that AI may analyse their video, that they are told how it works, and that they consent."
    ),
)
_OTHERS = Passage(
    N_("Maryland, New York City and others"),
    N_(
        "Maryland (Labor and Employment § 3-717, House Bill 1202 of 2020) requires a signed waiver before facial "
        "recognition is used in a job interview. New York City (Local Law 144 of 2021) requires an independent bias "
        "audit and notice to candidates before an automated employment decision tool is used. Other places have rules "
        "of their own."
    ),
)
_NO_TOOL_FOR_IT = Passage(
    N_("What this program is for"),
    N_(
        "It was made for practice, coaching and research. Its result does not measure suitability for a job. This is "
        "no legal advice: ask somebody who knows the law that applies before you go on."
    ),
)


@dataclass(frozen=True)
class AgreementText:
    """What a person reads and answers, in the language that it is shown in.

    Attributes:
        title: Of the window.
        lead: One sentence over the rest.
        passages: Its parts, in order.
        statement: What the person says with `yes`.
        yes: Words of the button that agrees.
        no: Words of the button that does not.
        edition: Counted up when the text changes what it means.
    """

    title: str
    lead: str
    passages: tuple[Passage, ...]
    statement: str
    yes: str
    no: str
    edition: int

    @property
    def plain(self) -> str:
        """All that is read before the answer, for a terminal."""
        parts = (line for passage in self.passages for line in passage.lines)
        return "\n".join([self.title, self.lead, *parts])

    @property
    def version(self) -> str:
        """The edition and 12 hexadecimal digits of the SHA-256 of all that was shown: '1-0123456789ab'."""
        shown = "\n".join([self.plain, self.statement, self.yes, self.no])
        return f"{self.edition}-{hashlib.sha256(shown.encode()).hexdigest()[:_HASH_DIGITS]}"


@dataclass(frozen=True)
class ConsentQuestion:
    """The question for consent before one session.

    Attributes:
        text: What is shown.
        asked_of: Who answers.
        language: That the text is in.
    """

    text: AgreementText
    asked_of: AskedOf
    language: str

    def agreed(self, *, keeps_video: bool = False, keeps_crops: bool = False) -> Consent:
        """The record of a yes, given now."""
        return Consent(_now(), self.text.version, self.language, keeps_video, keeps_crops, asked_of=self.asked_of)


def consent_question(spec: SourceSpec, keep_days: int) -> ConsentQuestion:
    """What to ask before a session that watches this source.

    Args:
        spec: What would be watched; a recording is asked for in other words than a camera.
        keep_days: Days that sessions are kept; 0 for ever.
    """
    kept = Passage(_(_KEPT_HEADING), _kept_for(keep_days))
    passages = (
        *_translated(_COMPUTED, _MEANING, _PLACE, _PICTURES, _READERS),
        kept,
        *_translated(_CHOICE),
    )
    ask = _ask_candidate if spec.live else _ask_user
    return ConsentQuestion(ask(passages), AskedOf.CANDIDATE if spec.live else AskedOf.USER, language())


def recordings_question(keep_days: int) -> ConsentQuestion:
    """What to ask before many recordings are analysed.

    Args:
        keep_days: Days that sessions are kept; 0 for ever.
    """
    kept = Passage(_(_KEPT_HEADING), _kept_for(keep_days))
    read = _translated(_COMPUTED, _MEANING, _PLACE, _NO_PICTURES, _READERS)
    text = AgreementText(
        _("Before these recordings are analysed"),
        _("Whoever is seen in these recordings has to know the following and agree to it."),
        (*read, kept, *_translated(_CHOICE)),
        _("Everyone who is seen in these recordings agreed to it."),
        _("They agreed"),
        _("No"),
        CONSENT_EDITION,
    )
    return ConsentQuestion(text, AskedOf.USER, language())


def _kept_for(days: int) -> str:
    if days == 0:
        return _("The session is kept until somebody deletes it, which is possible at any time.")
    return plural(
        "The session is kept for {count} day. After that, the program offers it for deletion.",
        "The session is kept for {count} days. After that, the program offers it for deletion.",
        days,
    )


def _ask_candidate(passages: tuple[Passage, ...]) -> AgreementText:
    return AgreementText(
        _("Before the camera opens"),
        _("For the person before the camera. Please read this, and ask about anything that is unclear."),
        passages,
        _("I have read this and agree that my face is analysed in this session."),
        _("I agree"),
        _("No"),
        CONSENT_EDITION,
    )


def _ask_user(passages: tuple[Passage, ...]) -> AgreementText:
    return AgreementText(
        _("Before this recording is analysed"),
        _("Whoever is seen in this recording has to know the following and agree to it."),
        passages,
        _("The person in this recording agreed to it, and so did everybody else who is seen."),
        _("They agreed"),
        _("No"),
        CONSENT_EDITION,
    )


def recruitment_notice() -> AgreementText:
    """What is shown before recruitment can be the purpose of a session.

    Sources: Regulation (EU) 2024/1689, Articles 5(1)(f) and 113(a), and the Commission's guidelines on prohibited
    practices of February 2025; 820 ILCS 42/5; Maryland Code, Labor and Employment § 3-717; New York City
    Administrative Code § 20-870 to 20-874.
    """
    return AgreementText(
        _("Recruitment"),
        _("Naming the expressions of applicants is prohibited in some places and restricted in others."),
        _translated(_EU, _ILLINOIS, _OTHERS, _NO_TOOL_FOR_IT),
        _("I have read this. I have made sure that this use is allowed where I am and where the candidate is."),
        _("Use for recruitment"),
        _("Cancel"),
        NOTICE_EDITION,
    )


def acknowledged_only(notice_version: str) -> Consent:
    """The record of an acknowledged notice where nobody was asked for consent."""
    return Consent(_now(), "", language(), notice_version=notice_version, asked_of=AskedOf.NOBODY)


def _translated(*passages: Passage) -> tuple[Passage, ...]:
    return tuple(passage.translated() for passage in passages)


def _now() -> datetime:
    # The record keeps whole seconds.
    return datetime.now(UTC).replace(microsecond=0)
