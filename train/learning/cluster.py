"""The machines that train one model together."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.core.errors import AppError

_HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Cluster:
    """Where the machines are, and which of them this is.

    Attributes:
        addresses: 'host:port' of each, two or more; the first keeps the checkpoints and is called the chief.
        index: Of this machine among them, from 0.

    Raises:
        AppError: There are too few, one stands there twice, one has no port, or the index is none of theirs.
    """

    addresses: tuple[str, ...]
    index: int

    def __post_init__(self) -> None:
        if len(self.addresses) < 2 or len(set(self.addresses)) < len(self.addresses):
            raise AppError(
                f"'{','.join(self.addresses)}' does not name two or more different machines.",
                "Give --workers as host1:port,host2:port; a single machine needs no --workers.",
            )
        for index in range(len(self.addresses)):
            self.place(index)
        if not 0 <= self.index < len(self.addresses):
            raise AppError(
                f"There is no machine number {self.index} among {len(self.addresses)}.",
                f"Give --worker-index from 0 to {len(self.addresses) - 1}, another on each machine.",
            )

    @classmethod
    def parse(cls, text: str, index: int) -> Cluster:
        """Read 'host1:port,host2:port'.

        Raises:
            AppError: It cannot be used.
        """
        return cls(tuple(part.strip() for part in text.split(",")), index)

    @property
    def is_chief(self) -> bool:
        """Whether this machine keeps the checkpoints."""
        return self.index == 0

    def place(self, index: int) -> tuple[str, int]:
        """Host and port of a machine, as sockets take them.

        Raises:
            AppError: Its address has none.
        """
        # The brackets of an IPv6 address belong to the notation, not to the host.
        host, _, port = self.addresses[index].rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= _HIGHEST_PORT:
            raise AppError(
                f"'{self.addresses[index]}' is no address of a machine.", "Give --workers as host1:port,host2:port."
            )
        return host, int(port)
