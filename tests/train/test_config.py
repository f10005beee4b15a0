"""The configuration of a run: written, read back, and refused where it makes no run."""

from __future__ import annotations

import json
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
    TrainConfig,
    config_of_run,
    read_config,
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
    seed=st.integers(0, 2**32),
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


@pytest.mark.parametrize("content", ["", "{", "[1]", "3", "null", '{"augment": 1}', '{"epochs": "many"}'])
def test_a_folder_without_a_usable_config_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(AppError, match="no training run"):
        read_config(tmp_path)
    (tmp_path / CONFIG_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(AppError, match="no training run"):
        read_config(tmp_path)


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
