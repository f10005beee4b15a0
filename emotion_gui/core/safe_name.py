"""File names from what users type, in any script."""

from __future__ import annotations

import unicodedata

# What Windows refuses in a name; the strictest of the three systems decides, since files travel.
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Windows takes the raised digits for digits.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)
_MAX_BYTES = 100


def safe_name(text: str, fallback: str = "session") -> str:
    """A name that every file system takes, without suffix; letters of all scripts stay.

    Args:
        text: Anything, of any length.
        fallback: What to return where nothing usable is left.

    Returns:
        At most 100 bytes of UTF-8; no separators, control or direction characters, no leading or trailing dot,
        dash or space, and not the name of a device.
    """
    kept = "".join(
        character if character not in _FORBIDDEN and not character.isspace() else "-"
        for character in unicodedata.normalize("NFC", text)
        # Category C: control and formatting characters, among them those that turn the reading direction.
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    words = "-".join(part for part in kept.split("-") if part)
    short = words.encode("utf-8")[:_MAX_BYTES].decode("utf-8", errors="ignore").strip(" .-~")
    if not short or short.partition(".")[0].lower() in _DEVICES:
        return fallback
    return short
