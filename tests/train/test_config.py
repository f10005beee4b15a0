"""The configuration of a run: written, read back, and refused where it makes no run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.errors import AppError
from train.config import (
    CONFIG_FILE,
    AugmentConfig,
    NetworkConfig,
    OptimizerConfig,
    TargetConfig,
    TrainConfig,
    config_of_run,
    read_config,
    read_config_file,
    refuse_other_division,
    write_config,
)

CONFIGS = st.builds(
    TrainConfig,
    epochs=st.integers(1, 500),
    batch_size=st.integers(1, 4096),
    heads=st.sampled_from([("fer2013",), ("ferplus",), ("fer2013", "ferplus")]),
    optimizer=st.builds(OptimizerConfig, learning_rate=st.floats(1e-6, 10)),
    precision=st.sampled_from(["mixed_bfloat16", "float32"]),
    held_out_parts=st.integers(2, 20),
    seed=st.integers(0, 2**32 - 1),
    augment=st.builds(AugmentConfig, rotation_deg=st.floats(0, 90), gamma=st.floats(1, 3)),
)


@given(CONFIGS)
def test_a_config_survives_json(config: TrainConfig) -> None:
    assert TrainConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_what_is_absent_takes_its_default() -> None:
    assert TrainConfig.from_dict({"epochs": 3}) == TrainConfig(epochs=3)
    assert TrainConfig.from_dict({"augment": {"noise": 2.0}}) == TrainConfig(augment=AugmentConfig(noise=2.0))


@pytest.mark.parametrize("data", [{"epoch": 3}, {"augment": {"rotate": 3}}])
def test_an_unknown_setting_is_refused_by_name(data: dict[str, Any]) -> None:
    with pytest.raises(AppError, match=r"do not exist: (epoch|rotate)\."):
        TrainConfig.from_dict(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"epochs": 0},
        {"batch_size": 0},
        {"batch_size": -8},
        {"heads": ()},
        {"heads": ("ferplus", "fer2013")},
        {"classes": ("happy", "glad")},
        {"classes": ("happy",)},
        {"epochs": 2.5},
        {"epochs": True},
        {"average_decay": 1.0},
        {"stop_patience": -1},
        {"precision": "float8"},
        {"seed": 2**32},
        {"held_out_parts": 1},
        {"seed": -1},
    ],
    ids=str,
)
def test_a_value_that_makes_no_run_is_refused_by_name(changes: dict[str, Any]) -> None:
    with pytest.raises(AppError, match=f"'{next(iter(changes))}'"):
        replace(TrainConfig(), **changes)


@pytest.mark.parametrize("rate", [0.0, float("nan"), float("inf")])
def test_a_learning_rate_that_makes_no_run_is_refused(rate: float) -> None:
    with pytest.raises(AppError, match="'learning_rate'"):
        TrainConfig(optimizer=OptimizerConfig(learning_rate=rate))


def test_a_run_folder_keeps_its_config(tmp_path: Path) -> None:
    config = TrainConfig(epochs=2, seed=9, augment=AugmentConfig(noise=3.0))
    assert config_of_run(tmp_path / "run") is None
    write_config(config, tmp_path / "run")
    assert read_config(tmp_path / "run") == config == config_of_run(tmp_path / "run")


@pytest.mark.parametrize(
    ("part", "named"),
    [
        (lambda: NetworkConfig(dropout=1.0), "dropout"),
        (lambda: NetworkConfig(unfrozen_layers=-2), "unfrozen_layers"),
        (lambda: OptimizerConfig(name="lion"), "optimizer"),
        (lambda: OptimizerConfig(schedule="steps"), "schedule"),
        (lambda: OptimizerConfig(plateau_patience=0), "plateau_patience"),
        (lambda: TargetConfig(soft_share=1.1), "soft_share"),
        (lambda: AugmentConfig(gamma=0.5), "gamma"),
        (lambda: AugmentConfig(flip_probability=float("nan")), "flip_probability"),
    ],
)
def test_each_part_refuses_its_own_values_by_name(part: Callable[[], object], named: str) -> None:
    with pytest.raises(AppError, match=f"'{named}'"):
        part()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "cannot be read as a configuration"),
        ("{", "cannot be read as a configuration"),
        ("[1]", "where settings belong"),
        ("null", "where settings belong"),
        ('{"augment": 1}', "has 1 where settings belong"),
        ('{"epochs": "many"}', "'epochs' is many. It must be a whole number, 1 or more"),
        ('{"classes": "happy"}', "'classes' is happy. It must be a list of names"),
        ('{"targets": {"class_weights": "yes"}}', "'class_weights' is yes. It must be true or false"),
        ('{"network": {"architecture": 3}}', "'architecture' is 3. It must be a text"),
    ],
)
def test_a_folder_without_a_usable_config_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(AppError, match="no training run"):
        read_config(tmp_path)
    (tmp_path / CONFIG_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(AppError, match=problem) as caught:
        read_config(tmp_path)
    assert CONFIG_FILE in caught.value.message


def test_a_config_file_may_be_toml_and_name_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('epochs = 4\nclasses = ["happy", "neutral"]\n[augment]\nnoise = 2\n', encoding="utf-8")
    assert read_config_file(path) == TrainConfig(epochs=4, classes=("happy", "neutral"), augment=AugmentConfig(noise=2))
    path.write_text("epochs: 4", encoding="utf-8")
    with pytest.raises(AppError, match=r"mine\.toml' cannot be read"):
        read_config_file(path)
    with pytest.raises(AppError, match=r"absent\.json' cannot be read"):
        read_config_file(tmp_path / "absent.json")


def test_a_run_goes_on_with_other_epochs_but_not_with_another_split(tmp_path: Path) -> None:
    config = TrainConfig(seed=4)
    refuse_other_division(config, tmp_path)
    write_config(config, tmp_path)
    refuse_other_division(
        replace(config, epochs=90, batch_size=7, optimizer=OptimizerConfig(learning_rate=0.5)), tmp_path
    )
    for changes in ({"seed": 5}, {"held_out_parts": 5}, {"network": NetworkConfig("other")}):
        with pytest.raises(AppError, match=f"begun with {next(iter(changes))}"):
            refuse_other_division(replace(config, **changes), tmp_path)
    with pytest.raises(AppError, match=r"begun with network\.dropout 0\.2 and cannot go on with 0\.5"):
        refuse_other_division(replace(config, network=NetworkConfig(dropout=0.5)), tmp_path)
