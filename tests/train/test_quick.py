"""`make train-quick`: every command, one after the other, up to the program that loads what came out."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from emotion_gui.core.model_card import read_card

_ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="the script needs bash")
def test_the_whole_way_from_faces_to_a_model_in_the_program(tmp_path: Path) -> None:
    run = subprocess.run(
        [_ROOT / ".ci" / "train-quick", tmp_path],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "As the card says" in run.stdout
    card = read_card(tmp_path / "models" / "ferplus.json")
    assert "Traceback" not in run.stderr
    # One answer in seven would be right by chance.
    assert card.metrics["figures"][0]["accuracy"] > 0.25
    with (tmp_path / "analyzed" / "demo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    assert {row["label"] for row in rows} <= set(card.labels)
