"""Whether the system shows its windows dark, asked again and again on a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import darkdetect

_log = logging.getLogger(__name__)

INTERVAL_S = 3.0


class SystemTheme:
    """Asks the system, which on Linux means to run a program of the desktop's and may take a while.

    Args:
        ask: Tells whether the system is dark; None where it does not say.
        interval_s: Seconds from one answer to the next question.
    """

    def __init__(self, ask: Callable[[], bool | None] = darkdetect.isDark, interval_s: float = INTERVAL_S) -> None:
        self._ask = ask
        self._interval_s = interval_s
        self._dark = False
        self._answered = threading.Event()
        self._stop = threading.Event()
        threading.Thread(target=self._run, name="system theme", daemon=True).start()

    def is_dark(self) -> bool:
        """The newest answer; light until there is one."""
        return self._dark

    def wait(self, timeout_s: float) -> None:
        """Wait for the first answer, so that the window need not change its colours once it is seen."""
        self._answered.wait(timeout_s)

    def stop(self) -> None:
        # Not joined: a desktop that does not answer must not hold up the end of the program.
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._dark = bool(self._ask())
            except Exception:  # noqa: BLE001 - the thread's boundary: without an answer the window stays as it is
                _log.exception("the system's theme cannot be read")
                return
            finally:
                self._answered.set()
            self._stop.wait(self._interval_s)
