"""Which picture source the user chose: a small value that settings and records can keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from emotion_gui.core.errors import SourceError
from emotion_gui.core.translation import _, in_english

CAMERA, FILE, IMAGES, STREAM, DEMO = "camera", "file", "images", "stream", "demo"
KINDS = (CAMERA, FILE, IMAGES, STREAM, DEMO)


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A kind of source and its address: camera index, path, or URL; empty for the demo clip."""

    kind: str
    address: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise SourceError(
                _("There is no source of the kind '{kind}'.").format(kind=self.kind),
                _("Use one of {names}.").format(names=", ".join(KINDS)),
            )

    @classmethod
    def parse(cls, text: str) -> SourceSpec:
        """Read 'kind:address' as `str(spec)` wrote it.

        Raises:
            SourceError: The text names no known kind.
        """
        kind, _, address = text.partition(":")
        return cls(kind, address)

    def __str__(self) -> str:
        return f"{self.kind}:{self.address}"

    @property
    def live(self) -> bool:
        """Whether it is watched as it happens; all other kinds are recordings."""
        return self.kind in {CAMERA, STREAM}

    @property
    def watches_people(self) -> bool:
        """Whether it shows people who must have agreed to it; the demo clip shows a portrait and watches nobody."""
        return self.kind != DEMO

    @property
    def title(self) -> str:
        """A short name for the window and the report, without folders or passwords."""
        match self.kind:
            case "camera":
                return _("Camera {number}").format(number=self.address)
            case "demo":
                return _("Demo clip")
            case "stream":
                return _public_address(self.address)
            case _other:
                return PurePath(self.address).name or self.address

    @property
    def recorded_title(self) -> str:
        """The title as a record keeps it, in English whatever the window speaks."""
        with in_english():
            return self.title


def shown_source(recorded: str) -> str:
    """A recorded title in the user's language."""
    if recorded == SourceSpec(DEMO).recorded_title:
        return SourceSpec(DEMO).title
    number = recorded.removeprefix("Camera ")
    return SourceSpec(CAMERA, number).title if number != recorded and number.isdecimal() else recorded


def _public_address(address: str) -> str:
    """A URL without user name, password and query, where cameras take their passwords; a report must not hold them."""
    # A forgotten scheme leaves all of the address to what is checked.
    scheme, separator, rest = address.partition("://") if "://" in address else ("", "", address)
    # The last '@' and not the first: a password may hold one itself.
    place = re.split(r"[?#]", rest.rpartition("@")[2])[0]
    return f"{scheme}{separator}{place}"
