"""The settings as a JSON file: what cannot be read is told and never lost."""

from __future__ import annotations

import json
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.errors import StorageError
from emotion_gui.core.settings import INTRODUCTION, SETTINGS_VERSION, Settings, kind_of, option_of
from emotion_gui.core.translation import _
from emotion_gui.storage.set_aside import set_aside


def load_settings(path: Path) -> tuple[Settings, str]:
    """Read the settings.

    A missing file gives the defaults. A file that is no JSON object is renamed and gives the defaults. A value that
    cannot be used gives its default. From a file of a newer version, what is known is taken.

    Args:
        path: The JSON file, UTF-8.

    Returns:
        The settings, and a sentence for the user about what could not be taken; empty where all is well.
    """
    try:
        data = _read(path)
    except FileNotFoundError:
        return Settings(), ""
    except OSError:
        return Settings(), _("The settings in '{name}' cannot be read; the defaults are used.").format(name=path.name)
    except ValueError:
        return Settings(), _keep_damaged(path)
    values, problems = _usable(_upgraded(data))
    return Settings(**values), " ".join(problems)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole or not at all; keys that this version does not know stay in the file.

    Raises:
        StorageError: The file cannot be written.
    """
    try:
        # A newer version may have kept more here; it wants to find it again.
        known = _read(path)
    except (OSError, ValueError):
        known = {}
    merged = known | settings.to_dict()
    merged["version"] = max(SETTINGS_VERSION, _version(known))
    try:
        with atomic_path(path) as temporary:
            temporary.write_text(json.dumps(merged, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            _("The settings cannot be saved."),
            _("Check that the disk has free space and that this program may write to its folder."),
        ) from error


def _read(path: Path) -> dict[str, Any]:
    """The file's JSON object.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no JSON object.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if isinstance(data, dict):
        return data
    raise ValueError("not a JSON object")


def _version(data: dict[str, Any]) -> int:
    version = data.get("version", 0)
    return version if isinstance(version, int) else 0


def _upgraded(data: dict[str, Any]) -> dict[str, Any]:
    """The values as this version would have written them."""
    if _version(data) == 1:
        # Whoever has used an earlier version needs no introduction.
        return {"introduction": INTRODUCTION} | data
    return data


def _keep_damaged(path: Path) -> str:
    try:
        kept = set_aside(path)
    except OSError:
        return _("The settings in '{name}' are damaged; the defaults are used.").format(name=path.name)
    return _("The settings were damaged; the file was kept as '{name}' and the defaults are used.").format(
        name=kept.name
    )


def _usable(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values that fit their fields, and a sentence for each that does not."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for entry in fields(Settings):
        if entry.name in data:
            try:
                values[entry.name] = _checked(entry, data[entry.name])
            except (ValueError, OverflowError):
                problem = _("The saved value of '{name}' cannot be used; the default is used instead.")
                problems.append(problem.format(name=_title(entry)))
    return values, problems


def _checked(entry: Field[Any], value: object) -> Any:
    """The value as its field's type.

    Raises:
        ValueError: It is of another type or out of its range.
        OverflowError: It is a whole number too large to compare with the range.
    """
    kind = kind_of(entry.name)
    # JSON has one kind of number; True is an int to Python only.
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and kind in {int, float}
    if value is not None and not number and not isinstance(value, kind):
        raise ValueError("wrong type")
    if "option" not in entry.metadata:
        if value is None:
            raise ValueError("absent")
        return value
    problem = option_of(entry).problem(value, kind)
    if problem:
        raise ValueError(problem)
    return value if value is None else kind(value)


def _title(entry: Field[Any]) -> str:
    return _(option_of(entry).label) if "option" in entry.metadata else entry.name
