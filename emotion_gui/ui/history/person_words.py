"""A candidate's name as a window can show it, whatever was typed."""

from __future__ import annotations

import unicodedata

from emotion_gui.core.translation import _
from emotion_gui.ui.wording import MAX_NAME, shortened

# Keeps a name that is read from right to left from turning the words around it (Unicode Standard Annex 9, 3.1.2).
_ISOLATE, _END = "\u2068", "\u2069"


def shown_name(name: str, most: int = MAX_NAME) -> str:
    """The name on one line, short enough, and without characters that turn the reading direction of what follows."""
    visible = "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in name)
    plain = "".join(each for each in visible if unicodedata.bidirectional(each) not in _TURNING)
    line = shortened(" ".join(plain.split()), most)
    if not line:
        return _("no name")
    return f"{_ISOLATE}{line}{_END}" if any(unicodedata.bidirectional(each) in {"R", "AL"} for each in line) else line


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
