"""A process of its own that writes to a store until it is killed; started by test_trouble.py."""

from __future__ import annotations

import sys
from pathlib import Path

from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEvent
from emotion_gui.storage.session_store import SessionStore
from tests.builders import make_frames, make_info


def main() -> None:
    store = SessionStore(Path(sys.argv[1]))
    info = make_info(candidate="Cut off")
    store.create(info)
    print(info.session_id, flush=True)
    frames = tuple(make_frames(900, rate=30))
    for start in range(0, len(frames), 30):
        second = start / 30
        beside = (
            SessionEvent(second, "candidate lost"),
            Marker(second, f"question {second:g}"),
            BriefChange(second, 0.2, Emotion.FEAR, 0.5),
        )
        store.append(info.session_id, [*frames[start : start + 30], *beside])
        print(start + 30, flush=True)


if __name__ == "__main__":
    main()
