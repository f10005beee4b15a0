"""Every benchmark runs to its end, as it is started by hand, and gives what the table promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from emotion_gui.bench.table import BENCHMARKS

_ROOT = Path(__file__).parents[2]
_WITH_WINDOW = {"live", "start"}


def _entry(name: str) -> object:
    marks = [pytest.mark.slow, *([pytest.mark.gui] if name in _WITH_WINDOW else [])]
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [_entry(name) for name in BENCHMARKS])
def test_a_benchmark_gives_its_figures(name: str) -> None:
    command = [sys.executable, "-m", "emotion_gui", "bench", "--only", name, "--quick", "--json"]
    run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    if name in found["skipped"]:
        pytest.skip(found["skipped"][name])
    assert set(found[name]) == {figure.key for figure in BENCHMARKS[name].figures}
    assert all(value > 0 for value in found[name].values())
