"""The word on files that were written for the user, with the way to them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from emotion_gui.controller.status import Level, Notice, Offer
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Desktop

# All are on one topic: the newest is the one that the user waits for.
_TOPIC = "files"


def writing(path: Path) -> Notice:
    """A file is being written."""
    # As high as what will take its place: everything below would move twice.
    where = _("In {folder}").format(folder=shown(path.parent))
    return Notice(Level.BUSY, _("Saving {name}...").format(name=path.name), where, topic=_TOPIC)


def written(files: Sequence[Path], desktop: Desktop) -> Notice:
    """Files of one folder are there."""
    show = Offer(_("Show in folder"), partial(desktop.show, tuple(files)))
    folder = shown(files[0].parent)
    if len(files) > 1:
        return Notice(
            Level.DONE,
            _("Saved in {folder}").format(folder=folder),
            listed([path.name for path in files]),
            (show,),
            _TOPIC,
        )
    name = files[0].name
    opening = Offer(_("Open"), partial(desktop.open, files[0]))
    return Notice(
        Level.DONE,
        _("Saved: {name}").format(name=name),
        _("In {folder}").format(folder=folder),
        (show, opening),
        _TOPIC,
    )


def not_written(error: AppError, again: Callable[[], None] | None = None) -> Notice:
    """A file could not be written.

    Args:
        error: Why.
        again: Asks for another place; None where there is no such question.
    """
    offers = (Offer(_("Save elsewhere..."), again),) if again else ()
    return Notice(Level.ERROR, error.message, error.hint, offers, _TOPIC)


def shown(folder: Path) -> str:
    """A folder as people of this system write it: short within their home, but on Windows."""
    home = Path.home()
    if sys.platform == "win32" or not folder.is_relative_to(home):
        return str(folder)
    return str(Path("~") / folder.relative_to(home))


def listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) == 1:
        return names[0]
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])
