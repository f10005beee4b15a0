"""An unexpected error: by what it is known again, and how it is told without anybody's name."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from types import TracebackType

from emotion_gui.core.candidate_names import without_name
from emotion_gui.core.safe_name import safe_name
from emotion_gui.core.settings import Settings

_NAME, _PATH = "[candidate]", "[path]"
# Folders whose inside is everybody's: what stands before them names the user.
_KNOWN_ROOTS = ("emotion_gui", "site-packages", "dist-packages", "_internal")
_PYTHON_FOLDER = re.compile(r"python3(\.\d+)?")
# Between quotes a path ends where they do; without them nobody knows where, as names may have blanks in them.
_QUOTED = re.compile(r"""(["'])((?:[A-Za-z]:)?[\\/](?:(?!\1).)*)\1""")
_BARE = re.compile(r"""(?<![\w"'<./\\:])(?:file://+|[A-Za-z]:[\\/]|\\\\|/)(?!\s)[^\n"']+""")


@dataclass(frozen=True)
class Crash:
    """An error that nobody expected.

    Attributes:
        signature: The same for the same error at the same place.
        text: Its traceback.
    """

    signature: str
    text: str = field(compare=False)

    @classmethod
    def of(cls, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Crash:
        """What `sys.exc_info` gives."""
        frames = traceback.extract_tb(trace)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        return cls(f"{kind.__name__} {place}", "".join(traceback.format_exception(kind, error, trace)))


@dataclass(frozen=True)
class Surroundings:
    """What the program was when something happened, without anything that names a person.

    Attributes:
        versions: Of program, system and libraries.
        model: Name and hash of the model in use.
        settings: The user's choices.
        session: Whether a session ran, in a word.
        names: What must not stand in anything that is handed on: candidates, and files that may be called like them.
    """

    versions: Mapping[str, str]
    model: str = ""
    settings: Settings = field(default_factory=Settings)
    session: str = ""
    names: tuple[str, ...] = ()


def details(crash: Crash, around: Surroundings, *, times: int = 1) -> str:
    """What somebody can send to whoever mends the program.

    Args:
        crash: The error.
        around: What the program was.
        times: How often it happened.
    """
    facts = dict(around.versions) | {"model": around.model or "-", "session": around.session or "-"}
    if times > 1:
        facts["times"] = str(times)
    parts = [
        "\n".join(f"{name}: {value}" for name, value in facts.items()),
        without_names(crash.text.strip(), around.names),
        "settings: " + ", ".join(f"{name}={value}" for name, value in around.settings.to_record().items()),
    ]
    return "\n\n".join(parts) + "\n"


def without_names(text: str, names: Iterable[str] = ()) -> str:
    """The text without these names, in any form that a file name gives them, and without the folders in its paths."""
    shortened = _BARE.sub(lambda found: _short(found[0]), _QUOTED.sub(_requote, text))
    for name in sorted(filter(str.strip, names), key=len, reverse=True):
        words = name.split()
        for form in dict.fromkeys((name, safe_name(name, name), *(mark.join(words) for mark in "_-."))):
            shortened = without_name(shortened, form, _NAME)
    return shortened


def _requote(found: re.Match[str]) -> str:
    return f"{found[1]}{_short(found[2])}{found[1]}"


def _short(path: str) -> str:
    """A path of the program or of a library from its own folder on; of any other one, only what kind of file it is."""
    pure: PurePath = PureWindowsPath(path) if "\\" in path or ":" in path[:2] else PurePosixPath(path)
    parts = pure.parts
    for index in range(len(parts) - 1, -1, -1):
        if pure.suffix == ".py" and (parts[index] in _KNOWN_ROOTS or _PYTHON_FOLDER.fullmatch(parts[index])):
            return "/".join(parts[index:])
    suffix = pure.suffix if re.fullmatch(r"\.\w{1,5}", pure.suffix, re.ASCII) else ""
    return f"{_PATH}{suffix}"
