"""Settings as arguments: every field has one, and what is not given stays as it was."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from emotion_gui.core.errors import AppError
from train.commands.config_flags import add_config, chosen_config
from train.config import PARTS, AugmentConfig, NetworkConfig, OptimizerConfig, TargetConfig, TrainConfig, write_config
from train.presets import PRESETS


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    add_config(made)
    return made


def chosen(line: str, begun: TrainConfig | None = None) -> TrainConfig:
    return chosen_config(parser().parse_args(line.split()), begun)


def test_without_arguments_all_is_as_it_was() -> None:
    assert chosen("") == TrainConfig()
    begun = TrainConfig(epochs=3, augment=AugmentConfig(noise=1.0))
    assert chosen("", begun) == begun


def test_every_part_takes_its_settings() -> None:
    line = (
        "--heads fer2013 --classes neutral happy sad --epochs 7 --batch-size 9 --precision float32 --stop-patience 2 "
        "--architecture residual_vgg --dropout 0.5 --frozen-epochs 2 --optimizer adam --schedule plateau "
        "--learning-rate 0.001 --class-weights --soft-share 0.4 --rotation-deg 5 --erase-probability 0"
    )
    assert chosen(line) == TrainConfig(
        heads=("fer2013",),
        classes=("happy", "sad", "neutral"),
        epochs=7,
        batch_size=9,
        precision="float32",
        stop_patience=2,
        network=NetworkConfig("residual_vgg", dropout=0.5, frozen_epochs=2),
        optimizer=OptimizerConfig(name="adam", schedule="plateau", learning_rate=0.001),
        targets=TargetConfig(class_weights=True, soft_share=0.4),
        augment=AugmentConfig(rotation_deg=5.0, erase_probability=0.0),
    )
    weighted = TrainConfig(targets=TargetConfig(class_weights=True))
    assert chosen("--no-class-weights", weighted) == TrainConfig()


def test_every_field_but_the_files_own_has_an_argument_that_explains_it() -> None:
    told = {action.dest: action.help or "" for action in parser()._actions}
    names = [entry.name for entry in fields(TrainConfig) if entry.name not in PARTS]
    names += [f"{part}.{entry.name}" for part, cls in PARTS.items() for entry in fields(cls)]
    without = {"network.weights", "network.begun_with", "targets.teachers"}
    assert {name for name in names if name not in told} == without
    for name in set(names) - without:
        text, default = told[name].split(" (default ")
        assert len(text) >= 5, name
        assert "`" not in text
        assert default


def test_the_help_is_the_docstring_of_the_field() -> None:
    lines = " ".join(parser().format_help().split())
    assert "--plateau-factor X What the rate is then multiplied by, 0 to 1 (default 0.3)" in lines
    assert "0.005 here acts like 0.0005 in papers whose momentum is 0.9 (default 0.005)" in lines


def test_a_file_stands_in_for_the_defaults_and_flags_go_before_it(tmp_path: Path) -> None:
    config = TrainConfig(epochs=5, seed=8, optimizer=OptimizerConfig(momentum=0.8))
    write_config(config, tmp_path)
    assert chosen(f"--config {tmp_path / 'config.json'}") == config
    (tmp_path / "mine.toml").write_text("epochs = 4\n[optimizer]\nmomentum = 0.7\n", encoding="utf-8")
    expected = TrainConfig(epochs=6, optimizer=OptimizerConfig(momentum=0.7))
    assert chosen(f"--config {tmp_path / 'mine.toml'} --epochs 6", begun=config) == expected
    with pytest.raises(AppError, match=r"absent\.toml' cannot be read"):
        chosen(f"--config {tmp_path / 'absent.toml'}")


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_stands_in_for_the_defaults(name: str) -> None:
    assert chosen(f"--preset {name}") == PRESETS[name]
    assert chosen(f"--preset {name} --epochs 2") == replace(PRESETS[name], epochs=2)


@pytest.mark.parametrize(
    "line",
    [
        "--epochs few",
        "--schedule steps",
        "--optimizer lion",
        "--architecture lenet",
        "--classes happy glad",
        "--preset none",
        "--preset seed_wide --config a.toml",
    ],
)
def test_words_that_do_not_exist_are_refused(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        chosen(line)
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("--epochs 0", "epochs"),
        ("--dropout 1", "dropout"),
        ("--learning-rate nan", "learning_rate"),
        ("--flip-probability 2", "flip_probability"),
        ("--classes happy happy", "classes"),
    ],
)
def test_a_value_that_makes_no_run_is_refused_by_name(line: str, named: Any) -> None:
    with pytest.raises(AppError, match=f"'{named}'"):
        chosen(line)
