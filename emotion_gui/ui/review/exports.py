"""The lines of an export menu, the same in the history and in a review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from emotion_gui.core.translation import _
from emotion_gui.export import EXPORTERS
from emotion_gui.ui.menu_bar import Command


def export_commands(export: Callable[[str], None], export_everything: Callable[[], None]) -> Sequence[Command]:
    """One line for all formats and one for each.

    Args:
        export: Gets the key of a format in `EXPORTERS`.
        export_everything: Writes all formats into a folder.
    """
    single = [
        Command(_("Export: {kind}...").format(kind=_(entry.label)), partial(export, key))
        for key, entry in EXPORTERS.items()
    ]
    return [Command(_("Export all into a folder..."), export_everything), *single]
