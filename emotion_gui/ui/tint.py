"""The quiet ground that a strip has by what it says: a shade of its role's colour that text stands out from."""

from __future__ import annotations

from emotion_gui.ui.look import worn
from emotion_gui.ui.situation_looks import Role

# Steps of ttkbootstrap's ramp: by day next to white, by night next to black.
_BY_DAY, _BY_NIGHT = 50, 850


def tint(role: Role) -> str:
    """Ttkbootstrap's word for the ground in the theme in use; ask again when the theme has changed."""
    return f"@{role.value}[{_BY_NIGHT if worn().dark else _BY_DAY}]"
