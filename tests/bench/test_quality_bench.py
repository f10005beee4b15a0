"""Which faces the limits refuse, on one photograph that an installed package carries."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from emotion_gui.__main__ import main
from emotion_gui.bench.quality_bench import QualityRow, Tally, quality_table
from tests.vision.portraits import portrait


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("footage")
    cv2.imwrite(str(folder / "portrait.png"), portrait())
    (folder / "expected.csv").write_text("file,from_s,to_s,expected,x,y\nportrait.png,,,happy|neutral,,\n", "utf-8")
    return folder


def test_a_good_portrait_counts_and_a_spoiled_one_does_not(footage: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quality", str(footage), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cost_ms"] > 0
    rows = {row["title"]: row for row in found["conditions"]}
    assert {row["shown"] for row in rows.values()} == {1}
    assert rows["as it is"]["kept"] == {"faces": 1, "same": 1, "judged": 1, "right": 1}
    assert rows["light x 0.01"]["problems"] == {"too dark": 1}
    assert rows["face of 24 px"]["problems"] == {"too small": 1}


def test_the_table_tells_kept_and_refused_apart() -> None:
    row = QualityRow("fog", 10, Tally(6, 6, 4, 3), Tally(2, 1, 0, 0))
    row.problems["blurred"] = 2
    line = quality_table([row]).splitlines()[-1].split()
    assert line == ["fog", "10", "80", "25", "100", "50", "75", "-", "blurred", "2"]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quality", str(tmp_path / "none")]) == 1
    assert "There is no folder" in capsys.readouterr().err
