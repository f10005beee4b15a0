from __future__ import annotations

import os
import subprocess
import sys
import tkinter as tk
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import SessionState
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.history.recovery import KEEP
from emotion_gui.ui.history.window import HistoryWindow
from tests.e2e.program import Program
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows takes the user's folders from no environment variable"),
]

_WATCHED_S = 2.0
_CHECKOUT = Path(__file__).parents[2]


class Child:
    """`emotion-gui demo` in a process and with user folders of its own.

    Attributes:
        data: Where it keeps its sessions.
    """

    def __init__(self, home: Path) -> None:
        folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        environment = {**os.environ, **folders, "HOME": str(home)}
        self.data = _data_folder(environment)
        assert home in self.data.parents, "the program would write to the user's own folders"
        self.process = subprocess.Popen([sys.executable, "-m", "emotion_gui", "demo"], cwd=_CHECKOUT, env=environment)

    def kill(self) -> datetime:
        """As `kill -9` does; returns when, in UTC."""
        self.process.kill()
        killed_at = datetime.now(UTC)
        self.process.wait()
        return killed_at


def _data_folder(environment: Mapping[str, str]) -> Path:
    code = "from emotion_gui.core.paths import user_data_folder; print(user_data_folder())"
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=_CHECKOUT, env=environment, capture_output=True, text=True, check=True)
    return Path(told.stdout.strip())


@pytest.fixture
def child(root: tk.Misc, tmp_path: Path) -> Iterator[Child]:
    assert root.winfo_exists()
    made = Child(tmp_path / "home")
    yield made
    made.kill()


def test_a_killed_session_is_offered_at_the_next_start(child: Child, window: tk.Toplevel) -> None:
    with SessionStore(child.data) as store:
        saved_at = _watch(store, child)
        assert not store.interrupted()
        saved_at.append(child.kill())
        # The promise itself: whenever the kill had come, it would have taken the last second at most.
        assert max(after - before for before, after in pairwise(saved_at)) < timedelta(seconds=1)
        (left,) = store.interrupted()
        assert left.info.candidate == "Demo"
        record = store.load(left.session_id)
        assert record.statistics.duration_s == pytest.approx(left.statistics.duration_s)
        assert record.statistics.duration_s >= _WATCHED_S
        assert record.statistics.seconds[Emotion.NEUTRAL] > 0

    program = Program(window, child.data)
    program.dialogs.answer = KEEP
    program.start()
    program.wait(lambda: program.dialogs.asked, "the question what to do with it")
    assert program.dialogs.asked[0].startswith("Unfinished session: A session of Demo from ")
    program.wait(lambda: not program.store.interrupted(), "the session's rescue")
    program.press("<Control-h>")
    history = program.find(HistoryWindow)
    assert history is not None
    program.wait(lambda: history.rows.get_children() == (left.session_id,), "the session in the history")
    assert history.rows.set(left.session_id, "state") == "Interrupted"
    assert program.store.load(left.session_id).state is SessionState.INTERRUPTED
    program.close()


def _watch(store: SessionStore, child: Child) -> list[datetime]:
    """Wait until some seconds are stored; gives the moments at which frames were."""
    saved_at: list[datetime] = []

    def stored() -> bool:
        assert child.process.poll() is None, "the program ended by itself"
        session = next(iter(store.list()), None)
        if session is None or not session.statistics.frames:
            return False
        if session.ended_at not in saved_at:
            saved_at.append(session.ended_at)
        return session.statistics.duration_s >= _WATCHED_S

    wait_for(stored, "a session in the store")
    return saved_at
