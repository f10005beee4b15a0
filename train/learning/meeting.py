"""How the machines of a cluster find each other before TensorFlow connects them.

TensorFlow waits for an absent machine for ever and cannot be interrupted while it does, so that the machines first meet
here: with a limit of time, and with a sentence that says which one is missing. The chief also hands over its newest
checkpoint, so that no folder has to be shared, and all make sure that they were started alike.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import ExitStack, suppress
from typing import Any, Self

from emotion_gui.core.errors import AppError
from train.learning.cluster import Cluster
from train.learning.messages import LARGEST_MESSAGE, read_message, write_message

# Whoever knocks at the port and then says nothing must not make us wait, nor fill the memory.
_HELLO_S = 10.0
_RETRY_S = 0.2
_LARGEST_STATE = 1 << 31
_START_THERE = "Start the same command there with --worker-index {index}, and see that no firewall is between them."


class Meeting:
    """Connections between the chief and the others, until all have agreed. Use it as a context."""

    def __init__(self, cluster: Cluster, timeout_s: float) -> None:
        """Open this machine's port.

        Args:
            cluster: The machines.
            timeout_s: How long to wait for others, seconds.

        Raises:
            AppError: The port is taken.
        """
        self.cluster = cluster
        self._timeout_s = timeout_s
        self._open = ExitStack()
        self._others: dict[int, socket.socket] = {}
        port = cluster.place(cluster.index)[1]
        try:
            self._server = self._open.enter_context(socket.create_server(("", port)))
        except OSError as error:
            raise AppError(
                f"Port {port} of this machine cannot be used.", "Give a port in --workers that no other program has."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def share(self, state: bytes) -> bytes:
        """Wait for all machines, then give every other one the chief's state.

        Args:
            state: Of the chief; the others' is not looked at.

        Returns:
            The chief's.

        Raises:
            AppError: A machine is missing, or they were told of different machines.
        """
        if not self.cluster.is_chief:
            self._others[0] = self._reach_chief()
            return self._received(0, _LARGEST_STATE)
        self._gather()
        for index in self._others:
            self._send(index, {"problem": ""}, state)
        return state

    def agree(self, settings: str) -> None:
        """See to it that all machines do the same, and close the port for TensorFlow.

        Args:
            settings: What must be equal everywhere, such as a hash of the configuration and the faces.

        Raises:
            AppError: Another machine has other settings, or has gone.
        """
        if self.cluster.is_chief:
            theirs = {index: self._received(index, LARGEST_MESSAGE).decode() for index in self._others}
            different = [index for index in theirs if theirs[index] != settings]
            problem = ""
            if different:
                place = f"{different[0]} ({self.cluster.addresses[different[0]]})"
                problem = f"Machine {place} was started with other settings or other faces."
            self._tell_all(problem)
        else:
            self._send(0, {"problem": ""}, settings.encode())
            self._received(0, LARGEST_MESSAGE)
        self._open.close()

    def _gather(self) -> None:
        """Accept every other machine, and see that it can be reached at its address."""
        deadline = time.monotonic() + self._timeout_s
        while missing := [index for index in range(1, len(self.cluster.addresses)) if index not in self._others]:
            self._server.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                connection = self._open.enter_context(self._server.accept()[0])
            except TimeoutError:
                addresses = ", ".join(f"{index} ({self.cluster.addresses[index]})" for index in missing)
                self._tell_all(
                    f"These machines did not answer within {self._timeout_s:.0f} seconds: {addresses}.",
                    _START_THERE.format(index=missing[0]),
                )
            self._welcome(connection)

    def _welcome(self, connection: socket.socket) -> None:
        connection.settimeout(_HELLO_S)
        try:
            hello = json.loads(read_message(connection, LARGEST_MESSAGE))
            index, addresses = int(hello["index"]), tuple(hello["addresses"])
        # Whatever else knocks at an open port is no concern of ours.
        except (OSError, ValueError, KeyError, TypeError, AppError):
            connection.close()
            return
        connection.settimeout(self._timeout_s)
        taken = index in self._others
        self._others[-1 if taken else index] = connection
        if addresses != self.cluster.addresses or not 0 < index < len(addresses):
            self._tell_all(f"The machines were given different --workers: here {','.join(self.cluster.addresses)}.")
        if taken:
            self._tell_all(f"Two machines were started with --worker-index {index}.", "Give each its own.")
        try:
            with socket.create_connection(self.cluster.place(index), _HELLO_S):
                pass
        except OSError:
            self._tell_all(
                f"Machine {index} cannot be reached at {addresses[index]}.", "Give the address at which others find it."
            )

    def _reach_chief(self) -> socket.socket:
        deadline = time.monotonic() + self._timeout_s
        while True:
            try:
                connection = self._open.enter_context(socket.create_connection(self.cluster.place(0), _HELLO_S))
            except OSError as error:
                if time.monotonic() > deadline:
                    raise AppError(
                        f"The first machine, {self.cluster.addresses[0]}, did not answer within "
                        f"{self._timeout_s:.0f} seconds.",
                        _START_THERE.format(index=0),
                    ) from error
                time.sleep(_RETRY_S)
                continue
            # The chief has its own limit for those that are missing; its word of them must arrive.
            connection.settimeout(self._timeout_s + 2 * _HELLO_S)
            hello = {"index": self.cluster.index, "addresses": self.cluster.addresses}
            write_message(connection, json.dumps(hello).encode())
            return connection

    def _tell_all(self, problem: str, hint: str = "Give the same command and data on every machine.") -> None:
        """Pass a problem on to every machine and raise it here; without one, tell them to go on."""
        for index in self._others:
            with suppress(OSError):
                self._send(index, {"problem": problem, "hint": hint}, b"")
        if problem:
            raise AppError(problem, hint)

    def _send(self, index: int, head: dict[str, Any], body: bytes) -> None:
        write_message(self._others[index], json.dumps(head).encode())
        write_message(self._others[index], body)

    def _received(self, index: int, largest: int) -> bytes:
        """What a machine sent after its head.

        Raises:
            AppError: It told of a problem, or it has gone.
        """
        try:
            head = json.loads(read_message(self._others[index], LARGEST_MESSAGE))
            body = read_message(self._others[index], largest)
        except (OSError, ValueError) as error:
            raise AppError(
                f"Machine {index} ({self.cluster.addresses[index]}) has gone.", "See there why, and start all again."
            ) from error
        if head["problem"]:
            raise AppError(head["problem"], head["hint"])
        return body
