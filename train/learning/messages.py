"""Messages over a connection: eight bytes of length, then the content."""

from __future__ import annotations

import socket

_LENGTH_BYTES = 8
LARGEST_MESSAGE = 1 << 16


def write_message(connection: socket.socket, content: bytes) -> None:
    """Send one message.

    Raises:
        OSError: The other side has gone.
    """
    connection.sendall(len(content).to_bytes(_LENGTH_BYTES, "big") + content)


def read_message(connection: socket.socket, largest: int = LARGEST_MESSAGE) -> bytes:
    """Wait for one message.

    Raises:
        OSError: The other side has gone, or was silent for the connection's timeout.
        ValueError: It is longer than `largest` bytes.
    """
    length = int.from_bytes(_read_exactly(connection, _LENGTH_BYTES), "big")
    if length > largest:
        raise ValueError(f"a message of {length} bytes is too long")
    return _read_exactly(connection, length)


def _read_exactly(connection: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        piece = connection.recv(min(1 << 20, count - len(content)))
        if not piece:
            raise ConnectionError("the other side has closed the connection")
        content += piece
    return bytes(content)
