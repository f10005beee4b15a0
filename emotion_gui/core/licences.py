"""Whose work is in the program besides our own, and on which terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata

_PROGRAM = "emotion-gui"
# A field of this length holds the licence's whole text instead of its name.
_LONGEST_NAME = 60


@dataclass(frozen=True, order=True)
class Licence:
    """Of one library.

    Attributes:
        library: Its name.
        version: What is installed.
        terms: Name of the licence; empty where the library does not say.
    """

    library: str
    version: str
    terms: str


def installed_licences(program: str = _PROGRAM) -> tuple[Licence, ...]:
    """Those of the libraries that the program asks for, by name; none where it was not installed as a package."""
    try:
        wanted = metadata.requires(program) or []
    except metadata.PackageNotFoundError:
        return ()
    # What only an extra brings is not part of the program.
    names = {name.group() for entry in wanted if "extra ==" not in entry and (name := re.match(r"[\w.-]+", entry))}
    return tuple(
        sorted((found for name in names if (found := _licence_of(name))), key=lambda each: each.library.lower())
    )


def _licence_of(library: str) -> Licence | None:
    try:
        about = metadata.metadata(library)
    except metadata.PackageNotFoundError:
        return None
    named = next((text for key in ("License-Expression", "License") if (text := _first(about, key))), "")
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License ::" in line]
    terms = named if named and "\n" not in named and len(named) <= _LONGEST_NAME else ", ".join(classified)
    return Licence(library, about["Version"], terms)


def _first(about: metadata.PackageMetadata, key: str) -> str:
    return str((about.get_all(key) or [""])[0]).strip()
