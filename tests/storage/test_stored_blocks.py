"""Parts of a stored session, and corrections taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.moments import MomentReader, SeekableFrames
from emotion_gui.storage.session_store import SessionStore
from tests.builders import make_frames, make_info

INFO = make_info()


def test_parts_are_the_same_as_the_whole(tmp_path: Path) -> None:
    frames = tuple(make_frames(90, rate=8, faces=2))
    with SessionStore(tmp_path) as store:
        store.create(INFO)
        store.append(INFO.session_id, frames)
        stored = store.load(INFO.session_id).frames
        assert isinstance(stored, SeekableFrames)
        whole = tuple(stored)
        assert stored.block(200, 100) == whole[200:300]
        assert stored.block(700, 100) == whole[700:]
        assert stored.times(256) == [whole[0].time_s, whole[256].time_s, whole[512].time_s]
        moment = MomentReader(stored).at(45.0)
        assert moment.frame is not None
        assert moment.frame.time_s == pytest.approx(45.0)


def test_a_correction_can_be_taken_back(tmp_path: Path) -> None:
    correction = Correction(1.5, Emotion.SAD, Emotion.NEUTRAL)
    with SessionStore(tmp_path) as store:
        store.create(INFO)
        store.put_correction(INFO.session_id, correction)
        assert store.load(INFO.session_id).corrections == (correction,)
        store.delete_correction(INFO.session_id, correction.correction_id)
        store.delete_correction(INFO.session_id, correction.correction_id)
        assert store.load(INFO.session_id).corrections == ()
        with pytest.raises(StorageError):
            store.delete_correction("0" * 32, correction.correction_id)
