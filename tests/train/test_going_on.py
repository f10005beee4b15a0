"""A run that goes on from a published model: its weights, its faces, and what the new card says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from emotion_gui.core.model_card import read_card, sha256_of
from tests.train.generated import csv_rows, make_faces, write_csv, write_votes
from train.__main__ import main
from train.networks import ARCHITECTURES

pytestmark = pytest.mark.slow

FACES = make_faces(10, public_per_label=2)
SETTINGS = """
epochs = 1
batch_size = 14
average_decay = 0.0
precision = "float32"
held_out_parts = 5
[network]
architecture = "small"
[optimizer]
learning_rate = {rate}
warmup_epochs = 0.0
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Data, settings, and a model of two heads published from one run."""
    made = tmp_path_factory.mktemp("going-on")
    write_csv(made / "faces.csv", csv_rows(FACES))
    write_votes(made / "votes.csv", FACES)
    (made / "first.toml").write_text(SETTINGS.format(rate=0.05), encoding="utf-8")
    # So small that the weights stay as they are but for rounding.
    (made / "still.toml").write_text(SETTINGS.format(rate=1e-12), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ARCHITECTURES, "small", "tests.train.small:small")
        assert train(made, "fit", "--run", made / "run", "--config", made / "first.toml") == 0
        assert train(made, "publish", made / "run", "--models", made / "models") == 0
        yield made


def train(folder: Path, command: str, *arguments: object) -> int:
    data = [folder / "faces.csv", "--votes", folder / "votes.csv"]
    given = [*arguments[:1], *data, *arguments[1:]] if command == "publish" else [*data, *arguments]
    return main([command, *map(str, given)])


def test_one_head_goes_on_and_the_card_says_from_what(folder: Path, tmp_path: Path) -> None:
    import keras

    parent = folder / "models" / "ferplus.keras"
    still = ["--config", folder / "still.toml", "--heads", "ferplus"]
    assert train(folder, "fit", "--run", tmp_path / "run", *still, "--begin-with", parent) == 0
    published = ["--models", tmp_path / "models", "--begun-with", parent]
    assert train(folder, "publish", tmp_path / "run", *published) == 0
    before, after = (keras.saving.load_model(path) for path in (parent, tmp_path / "models" / "ferplus.keras"))
    for was, now in zip(before.layers[-1].get_weights(), after.layers[-1].get_weights(), strict=True):
        # Up to the temperature, which is fitted anew.
        assert np.corrcoef(was.ravel(), now.ravel())[0, 1] > 0.999
    card = read_card(tmp_path / "models" / "ferplus.json")
    assert card.parent["name"] == "ferplus"
    assert card.parent["sha256"] == card.training["network"]["begun_with"] == sha256_of(parent)
    assert card.parent["training"]["heads"] == ["fer2013", "ferplus"]
    assert "went on from 'ferplus'" in card.training_data
    assert "had learnt both ways of labelling" in card.training_data
    page = (tmp_path / "models" / "ferplus.md").read_text(encoding="utf-8")
    assert "What it began with" in page
    assert "Correction" not in page


def test_a_run_goes_on_without_naming_the_model_again(folder: Path, tmp_path: Path) -> None:
    parent = folder / "models" / "fer2013.keras"
    first = ["--run", tmp_path / "run", "--config", folder / "still.toml", "--begin-with", parent]
    assert train(folder, "fit", *first) == 0
    assert train(folder, "fit", "--run", tmp_path / "run", "--epochs", "2") == 0
    assert train(folder, "fit", "--run", tmp_path / "run", "--epochs", "3", "--begin-with", parent) == 0
    assert train(folder, "publish", tmp_path / "run", "--models", tmp_path / "models", "--head", "ferplus") == 0
    assert read_card(tmp_path / "models" / "ferplus.json").parent["sha256"] == sha256_of(parent)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--seed", "2"], "may have learnt faces that this run would hold out"),
        (["--held-out-parts", "4"], "may have learnt faces that this run would hold out"),
        (["--architecture", "mini_xception"], "is another network"),
    ],
)
def test_a_model_that_does_not_fit_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, more: list[str], message: str
) -> None:
    parent = folder / "models" / "ferplus.keras"
    run = ["--run", tmp_path / "run", "--config", folder / "still.toml", "--begin-with", parent]
    assert train(folder, "fit", *run, *more) == 1
    assert message in capsys.readouterr().err


def test_a_model_without_a_card_or_as_a_twin_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.keras"
    bare.write_bytes((folder / "models" / "ferplus.keras").read_bytes())
    run = ["--run", tmp_path / "run", "--config", folder / "still.toml", "--begin-with"]
    assert train(folder, "fit", *run, bare) == 1
    assert "no card of its own" in capsys.readouterr().err
    assert train(folder, "fit", *run, folder / "models" / "ferplus.tflite") == 1
    assert "Give the model's .keras file." in capsys.readouterr().err


def test_a_model_that_is_not_there_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.keras"
    assert train(folder, "fit", "--run", tmp_path / "run", "--begin-with", gone) == 1
    assert train(folder, "publish", folder / "run", "--models", tmp_path, "--begun-with", gone) == 1
    assert capsys.readouterr().err.count(f"There is no model file '{gone}'") == 2


def test_a_run_that_began_with_none_has_no_parent(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "models" / "ferplus.keras"
    assert train(folder, "publish", folder / "run", "--models", tmp_path, "--begun-with", other) == 1
    assert "is not the model that the run began with" in capsys.readouterr().err


def test_another_model_than_the_run_began_with_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parent, other = folder / "models" / "ferplus.keras", folder / "models" / "fer2013.keras"
    run = ["--run", tmp_path / "run", "--config", folder / "still.toml", "--begin-with", parent]
    assert train(folder, "fit", *run) == 0
    arguments = ["--models", tmp_path / "models", "--begun-with", other]
    assert train(folder, "publish", tmp_path / "run", *arguments) == 1
    assert "is not the model that the run began with" in capsys.readouterr().err
    assert train(folder, "fit", "--run", tmp_path / "run", "--epochs", "2", "--begin-with", other) == 1
    assert "was begun with network.begun_with" in capsys.readouterr().err
