"""What the person before the camera agreed to, and what the session is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Purpose(Enum):
    """What a session is for; the value is what the record keeps."""

    PRACTICE = "practice"
    COACHING = "coaching"
    RESEARCH = "research"
    RECRUITMENT = "recruitment"
    OTHER = "other"


@dataclass(frozen=True)
class Consent:
    """A person's agreement, as it stands in the record.

    Attributes:
        agreed_at: When, in UTC.
        text_version: Version of the text that was agreed to.
        language: Of the text that was shown: 'en', 'de', 'es'.
        keeps_video: Whether the annotated picture may be recorded too.
        keeps_crops: Whether pictures of the face may be kept with corrected labels.
        notice_version: Version of the recruitment notice that was acknowledged; empty where none was shown.
    """

    agreed_at: datetime
    text_version: str
    language: str
    keeps_video: bool = False
    keeps_crops: bool = False
    notice_version: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON types."""
        return asdict(self) | {"agreed_at": self.agreed_at.isoformat(timespec="seconds")}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Consent:
        """What `to_dict` gave.

        Raises:
            KeyError: Something is missing.
            ValueError: The time cannot be read.
        """
        return cls(
            datetime.fromisoformat(data["agreed_at"]),
            data["text_version"],
            data["language"],
            data["keeps_video"],
            data["keeps_crops"],
            data["notice_version"],
        )
