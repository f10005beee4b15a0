"""What counts as the address of a stream."""

from __future__ import annotations

from urllib.parse import urlsplit

from emotion_gui.core.errors import SourceError
from emotion_gui.core.translation import _

_SCHEMES = ("http", "https", "rtsp", "rtsps")


def checked_address(text: str) -> str:
    """The address in a text that somebody typed, without the spaces around it.

    Raises:
        SourceError: There is none; whether anything answers at an address is not asked.
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or any(character.isspace() or not character.isprintable() for character in address):
        raise SourceError(
            _("That is not the address of a stream."),
            _("It begins with http://, https:// or rtsp://, as in http://192.168.1.20:8080/video."),
        )
    return address
