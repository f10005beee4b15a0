"""TensorFlow keeps quiet, also in a program without any output."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from emotion_gui.core.quiet_output import quiet


@pytest.mark.slow
def test_importing_prints_nothing() -> None:
    code = (
        "from emotion_gui.vision.classifiers.quiet_tensorflow import import_keras\n"
        "keras = import_keras(); assert keras.backend.backend() == 'tensorflow'"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=environment | {"KERAS_BACKEND": "jax"}
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


@pytest.mark.slow
def test_importing_works_without_any_output() -> None:
    code = (
        "import os, sys\n"
        "sys.stdout = sys.stderr = None; os.close(1); os.close(2)\n"
        "from emotion_gui.core.quiet_output import quiet\n"
        "from emotion_gui.vision.classifiers.quiet_tensorflow import import_keras\n"
        "with quiet(): print('nowhere')\n"
        "import_keras().Sequential(); assert sys.stdout is None and sys.stderr is None"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_output_is_back_afterwards(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        print("kept back")
        os.write(2, b"kept back too")
    print("shown")
    os.write(2, b"shown too")
    assert capfd.readouterr() == ("shown\n", "shown too")


def test_output_is_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="inside"), quiet():
        raise ValueError("inside")
    os.write(2, b"shown")
    assert capfd.readouterr().err == "shown"
