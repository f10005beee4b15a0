"""`python -m train fit` as a user starts it: what it makes of arguments and data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.train.generated import csv_rows, make_faces, write_csv, write_votes
from train.__main__ import main
from train.config import read_config
from train.networks import ARCHITECTURES

pytestmark = pytest.mark.slow

FACES = make_faces(10)
SETTINGS = """
epochs = 1
batch_size = 14
precision = "float32"
held_out_parts = 5
[network]
architecture = "small"
"""


@pytest.fixture(autouse=True)
def small_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ARCHITECTURES, "small", "tests.train.small:small")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("fit")
    write_csv(made / "faces.csv", csv_rows(FACES))
    write_votes(made / "votes.csv", FACES)
    (made / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    yield made


def fit(folder: Path, run: Path, *more: str) -> int:
    return main(["fit", str(folder / "faces.csv"), "--run", str(run), "--config", str(folder / "settings.toml"), *more])


def test_without_votes_the_head_for_labels_is_taught_and_goes_on(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fit(folder, tmp_path / "run") == 0
    assert "There are no FER+ votes: only the head fer2013 is taught." in capsys.readouterr().err
    assert read_config(tmp_path / "run").heads == ("fer2013",)
    assert fit(folder, tmp_path / "run", "--epochs", "2") == 0
    assert "Epoch 2 of 2" in capsys.readouterr().out
    # Without the file, what the run was begun with.
    assert main(["fit", str(folder / "faces.csv"), "--run", str(tmp_path / "run"), "--epochs", "3"]) == 0
    printed = capsys.readouterr()
    assert "Epoch 3 of 3" in printed.out
    assert "votes" not in printed.err
    assert read_config(tmp_path / "run").network.architecture == "small"


@pytest.mark.parametrize(
    ("more", "line"),
    [
        (["--heads", "ferplus"], "No face has a label for 'ferplus'."),
        (["--soft-labels", "absent.npz"], "'absent.npz' is no file of soft labels."),
        (["--soft-share", "0.5"], "'soft_share' is 0.5, but there are no soft labels."),
        (["--imagenet-weights", "absent.h5"], "has no base with ImageNet weights."),
        (["--epochs", "0"], "'epochs' is 0. It must be a whole number, 1 or more."),
        (["--held-out-parts", "50"], "The rarest label has only 10 faces"),
    ],
)
def test_what_cannot_be_is_one_line_and_leaves_no_run(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, more: list[str], line: str
) -> None:
    assert fit(folder, tmp_path / "run", *more) == 1
    told = [entry for entry in capsys.readouterr().err.splitlines() if entry.startswith("train: ")]
    assert len(told) == 1
    assert line in told[0]
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(find_spec("tensorboard") is not None, reason="TensorBoard is installed")
def test_absent_tensorboard_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit(folder, tmp_path / "run", "--tensorboard") == 1
    assert "train: TensorBoard is not installed. Install it with" in capsys.readouterr().err


def test_faces_can_be_seen_as_they_are_varied(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    assert main(["fit", str(folder / "faces.csv"), "--show-augmented", str(sheet), "--erase-probability", "1"]) == 0
    with Image.open(sheet) as picture:
        assert picture.size == (1128, 1008)
    assert list(tmp_path.iterdir()) == [sheet]


def test_a_run_refuses_votes_that_it_was_begun_without(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert fit(folder, run) == 0
    assert fit(folder, run, "--epochs", "2", "--heads", "fer2013", "--votes", str(folder / "votes.csv")) == 1
    assert "not the faces or votes" in capsys.readouterr().err
    assert fit(folder, run, "--epochs", "2", "--seed", "5") == 1
    assert "begun with seed 1 and cannot go on with 5" in capsys.readouterr().err
    others = replace(FACES, images=np.flip(FACES.images, axis=0))
    write_csv(tmp_path / "others.csv", csv_rows(others))
    assert main(["fit", str(tmp_path / "others.csv"), "--run", str(run), "--epochs", "2"]) == 1
    assert "not the faces or votes" in capsys.readouterr().err


def test_a_base_that_has_learnt_nothing_is_not_kept_as_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fit(folder, tmp_path / "run", "--frozen-epochs", "2") == 1
    error = capsys.readouterr().err
    assert "has not learnt anything yet" in error
    assert "--imagenet-weights" in error
    assert not (tmp_path / "run").exists()
