"""Models made once a run, in every file format that the program opens."""

from __future__ import annotations

from typing import Any

import pytest

from emotion_gui.core.quiet_output import quiet
from emotion_gui.vision.classifiers.quiet_tensorflow import import_keras
from tests.vision.classifiers.nets import ModelFiles, compile_net, face_net, write_card


@pytest.fixture(scope="session")
def keras() -> Any:
    return import_keras()


@pytest.fixture(scope="session")
def models(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    """`published.keras` with twin and card, and the same net in every other format."""
    folder = tmp_path_factory.mktemp("models")
    net = face_net(keras)
    net.save(folder / "published.keras")
    (folder / "published.tflite").write_bytes(compile_net(net))
    write_card(folder / "published.keras")
    (folder / "whole").mkdir()
    with quiet():
        net.save(folder / "whole" / "whole.h5")
    (folder / "int8").mkdir()
    (folder / "int8" / "int8.tflite").write_bytes(compile_net(net, full_int8=True))
    return ModelFiles(folder, net)
