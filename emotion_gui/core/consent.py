"""What the person before the camera agreed to, and what the session is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _


class Purpose(Enum):
    """What a session is for; the value is what the record keeps."""

    PRACTICE = "practice"
    COACHING = "coaching"
    RESEARCH = "research"
    RECRUITMENT = "recruitment"
    OTHER = "other"


class AskedOf(Enum):
    """Who answered the question for consent; the value is what the record keeps."""

    CANDIDATE = "candidate"
    """The person before the camera, in the consent window."""
    USER = "user"
    """Whoever uses the program confirmed that the people in the recording agreed."""
    NOBODY = "nobody"
    """Nobody was asked: a recording was analysed by a script, or nobody is watched (the demo)."""


@dataclass(frozen=True)
class Consent:
    """What was agreed to before a session, as it stands in the record; `given` tells whether anybody agreed.

    Attributes:
        agreed_at: When, in UTC.
        text_version: Version of the text that was agreed to; empty where nobody was asked.
        language: Of the text that was shown: 'en', 'de', 'es'.
        keeps_video: Whether the annotated picture may be recorded too.
        keeps_crops: Whether pictures of the face may be kept with corrected labels.
        notice_version: Version of the recruitment notice that was acknowledged; empty where none was shown.
        asked_of: Who answered.
    """

    agreed_at: datetime
    text_version: str
    language: str
    keeps_video: bool = False
    keeps_crops: bool = False
    notice_version: str = ""
    asked_of: AskedOf = AskedOf.CANDIDATE

    @property
    def given(self) -> bool:
        """Whether anybody agreed; what is left otherwise says that nobody was asked."""
        return self.asked_of is not AskedOf.NOBODY

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON types."""
        return asdict(self) | {
            "agreed_at": self.agreed_at.isoformat(timespec="seconds"),
            "asked_of": self.asked_of.value,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Consent:
        """What `to_dict` gave.

        Raises:
            KeyError: Something is missing.
            ValueError: The time cannot be read, or `asked_of` is none of its values.
        """
        return cls(
            datetime.fromisoformat(data["agreed_at"]),
            data["text_version"],
            data["language"],
            data["keeps_video"],
            data["keeps_crops"],
            data["notice_version"],
            AskedOf(data.get("asked_of", AskedOf.CANDIDATE.value)),
        )


def check_agreement(purpose: Purpose, consent: Consent | None, *, watches_people: bool) -> None:
    """Refuse what may not begin.

    Args:
        purpose: What the session would be for.
        consent: What was agreed to; None where nobody was asked.
        watches_people: Whether its source shows people who can be asked; all but the demo clip do.

    Raises:
        AppError: Nobody agreed to being watched, or the notice on recruitment was not acknowledged.
    """
    if watches_people and not (consent and consent.given):
        raise AppError(
            _("Nobody has agreed to this session yet."),
            _("Press Start and let the candidate read what happens and agree."),
        )
    if purpose is Purpose.RECRUITMENT and not (consent and consent.notice_version):
        raise AppError(
            _("The notice on recruitment was not acknowledged."),
            _("Choose another purpose, or choose recruitment again and read the notice."),
        )
