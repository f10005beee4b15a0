"""Tuning on a user's own faces: what is gained, what is not forgotten, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of
from emotion_gui.vision.classifiers import load_classifier
from tests.train.generated import make_faces
from train.__main__ import main
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces, pixel_groups, split_held_out
from train.tuning.settings import TuneConfig

pytestmark = pytest.mark.slow

ANGRY, HAPPY, SAD = (EMOTION_NAMES.index(name) for name in ("angry", "happy", "sad"))
CONFIG = TuneConfig(epochs=4, learning_rate=0.05)


def write_pictures(folder: Path, images: np.ndarray, side: int = 48) -> Path:
    """Faces as PNG files, at another size where one is given."""
    folder.mkdir(parents=True)
    for number, image in enumerate(images):
        Image.fromarray(image).resize((side, side), Image.Resampling.NEAREST).save(folder / f"{number:03d}.png")
    return folder


@dataclass(frozen=True)
class World:
    """A published model, the faces it came from, and a user who calls 'sad' what the model calls 'angry'.

    Attributes:
        faces: Training and PublicTest.
        model: `parent.keras` with its card.
        corrections: 24 angry faces in the folder 'Sadness' and 24 happy ones, in two sizes.
    """

    faces: Faces
    model: Path
    corrections: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    import keras

    from emotion_gui.vision.preprocessing import to_model_input
    from tests.train.tiny import tiny
    from train.config import TrainConfig
    from train.data.targets import one_hot
    from train.judging.evaluate import ORIGINAL
    from train.publishing.card import INPUT
    from train.publishing.files import ModelFiles, write_files
    from train.publishing.twin import Sample

    folder = tmp_path_factory.mktemp("finetune")
    faces = make_faces(40, public_per_label=4)
    training = faces.of_usage(TRAINING)
    trunk = tiny(TrainConfig().network, "float32")
    keras.utils.set_random_seed(1)
    model = keras.Model(trunk.input, keras.layers.Dense(7, activation="softmax")(trunk.output))
    model.compile(keras.optimizers.Adam(0.02), "categorical_crossentropy")
    learn, _ = split_held_out(training, 10, 1)
    model.fit(to_model_input(list(learn.images)), one_hot(learn.labels), epochs=8, verbose=0)
    plain = keras.Model(model.input, model.output)
    card = ModelCard(
        "parent",
        EMOTION_NAMES,
        INPUT,
        metrics={"temperature": 2.0},
        limits=("It may fail.", "It misses more than half of these expressions: fear (finds 1 of 100); by A on B."),
        training={"seed": 1, "held_out_parts": 10},
        label_set=ORIGINAL,
    )
    sample = Sample(training.images, training.labels.astype(np.int64), TRAINING, ORIGINAL)
    write_files(plain, card, ModelFiles(folder, "parent"), sample=sample)
    own = make_faces(24, seed=5)
    write_pictures(folder / "mine" / "Sadness", own.images[own.labels == ANGRY])
    write_pictures(folder / "mine" / "happy", own.images[own.labels == HAPPY], side=96)
    return World(faces, folder / "parent.keras", folder / "mine")


def accuracy_on(path: Path, faces: Faces, called: dict[int, int] | None = None) -> float:
    """Of the program itself, which loads the twin; `called` says what the user calls a label."""
    said = load_classifier(path).probabilities(list(faces.images)).argmax(axis=1)
    wanted = np.array([(called or {}).get(int(label), int(label)) for label in faces.labels])
    return float((said == wanted).mean())


@pytest.fixture(scope="module")
def tuned(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tuned with rehearsal, as far as it goes: that angry is called sad now is a loss by the original labels."""
    from train.tuning.finetune import Request, finetune

    out = tmp_path_factory.mktemp("tuned")
    finetune(Request(world.model, world.corrections, out, world.faces, force=True), CONFIG)
    return out / "parent-tuned.keras"


class TestWithRehearsal:
    def test_the_program_loads_it_and_it_has_learnt(self, world: World, tuned: Path) -> None:
        others = make_faces(10, seed=9)
        angry = others.select(others.labels == ANGRY)
        assert accuracy_on(world.model, angry, {ANGRY: SAD}) < 0.2
        assert accuracy_on(tuned, angry, {ANGRY: SAD}) > 0.8

    def test_it_has_not_forgotten_what_was_not_corrected(self, world: World, tuned: Path) -> None:
        public = world.faces.of_usage(PUBLIC_TEST)
        others = public.select(public.labels != ANGRY)
        assert accuracy_on(tuned, others) >= accuracy_on(world.model, others) - 0.1

    def test_the_card_names_parent_corrections_and_both_figures(self, world: World, tuned: Path) -> None:
        card = read_card(tuned.with_suffix(".json"))
        assert card.name == "parent-tuned"
        assert card.parent["name"] == "parent"
        assert card.parent["sha256"] == sha256_of(world.model)
        assert card.parent["corrections"] == {"happy": 24, "sad": 24}
        mine, original = card.metrics["tuning"]
        assert mine["n"] == 12
        assert mine["after"] > mine["before"]
        assert original["split"] == "held-out part of Training (1 in 10)"
        assert original["n"] == 28
        own = [entry for entry in card.metrics["figures"] if entry["labels"] == card.label_set]
        assert own[0]["accuracy"] == original["after"]
        assert {entry["split"] for entry in own} == {original["split"], PUBLIC_TEST}
        assert "finds 1 of 100" not in " ".join(card.limits)
        assert card.limits[0] == "It may fail."
        # Too few held-out faces to fit another.
        assert card.metrics["temperature"] == 2.0
        assert card.training["held_out_parts"] == 10
        assert "parent-tuned" in tuned.with_suffix(".md").read_text(encoding="utf-8")

    def test_the_model_file_has_no_optimiser_and_learns_on(self, tuned: Path) -> None:
        import keras

        model = keras.saving.load_model(tuned, safe_mode=True, compile=True)
        assert getattr(model, "optimizer", None) is None
        assert all(layer.trainable for layer in model.layers)


def test_forgetting_is_refused_and_nothing_written(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from train.tuning.finetune import Request, finetune

    request = Request(world.model, world.corrections, tmp_path / "out", world.faces)
    with pytest.raises(AppError, match=r"fell from .* cost more than 1 points"):
        finetune(request, replace(CONFIG, epochs=1, learning_rate=500.0))
    assert not (tmp_path / "out").exists()
    # Both figures were said all the same.
    assert capsys.readouterr().out.count("before,") == 2


@pytest.mark.parametrize(("furthest", "expected"), [(1.0, 1.0), (0.6, 9 / 16), (0.25, 0.25), (0.0, 0.0)])
def test_a_model_steps_back_until_it_holds(world: World, furthest: float, expected: float) -> None:
    from train.tuning.parent import load_parent
    from train.tuning.step_back import stepped_back

    parent = load_parent(world.model)
    old, end = parent.copy().get_weights()[-1], parent.copy()
    end.set_weights([weight + 1 for weight in end.get_weights()])
    model, share = stepped_back(
        parent.copy(), end, lambda model: float((model.get_weights()[-1] - old).max()) <= furthest + 1e-6
    )
    assert share == expected
    assert model.get_weights()[-1] - old == pytest.approx(expected, abs=1e-6)


def test_without_data_it_stays_near_the_parent(world: World, tmp_path: Path) -> None:
    from train.tuning.finetune import Request, finetune

    card = finetune(Request(world.model, world.corrections, tmp_path), CONFIG)
    tuned = tmp_path / "parent-tuned.keras"
    (mine,) = card.metrics["tuning"]
    assert mine["after"] > mine["before"]
    assert "was not measured" in card.limits[-1]
    assert card.metrics["figures"] == []
    assert card.metrics["twin"]["labels"] == "the model's own answers"
    public = world.faces.of_usage(PUBLIC_TEST)
    others = public.select((public.labels != ANGRY) & (public.labels != SAD))
    assert accuracy_on(tuned, others) >= accuracy_on(world.model, others) - 0.2


def test_the_moments_of_batch_normalisation_stay(world: World) -> None:
    from train.tuning.batches import TuningBatches
    from train.tuning.corrections import read_corrections
    from train.tuning.parent import load_parent
    from train.tuning.tune import tune

    parent = load_parent(world.model)
    corrections, _ = read_corrections(world.corrections, EMOTION_NAMES)
    model = parent.copy()
    before = [np.array(weight) for weight in model.get_weights()]
    tune(model, TuningBatches(corrections, None, parent.judged, CONFIG), replace(CONFIG, epochs=1))
    moved = [bool(np.abs(old - new).max() > 0) for old, new in zip(before, model.get_weights(), strict=True)]
    moving = ["moving" in weight.path for weight in model.weights]
    assert any(moving)
    assert [is_moment and has_moved for is_moment, has_moved in zip(moving, moved, strict=True)].count(True) == 0
    assert moved[-1]
    assert moved[-2]


class TestRefusals:
    def tune(self, world: World, tmp_path: Path, **changes: Any) -> None:
        from train.tuning.finetune import Request, finetune

        finetune(replace(Request(world.model, tmp_path / "mine", tmp_path / "out"), **changes), CONFIG)

    def test_too_few(self, world: World, tmp_path: Path) -> None:
        write_pictures(tmp_path / "mine" / "happy", world.faces.images[:2])
        write_pictures(tmp_path / "mine" / "sad", world.faces.images[2:4])
        with pytest.raises(DataError, match=r"has 4 different usable pictures; at least 5"):
            self.tune(world, tmp_path)

    def test_none_to_keep_back(self, world: World, tmp_path: Path) -> None:
        for label, name in enumerate(EMOTION_NAMES[:5]):
            write_pictures(tmp_path / "mine" / name, world.faces.images[[label, label]])
        with pytest.raises(DataError, match="No expression has two different pictures"):
            self.tune(world, tmp_path)

    def test_one_class(self, world: World, tmp_path: Path) -> None:
        write_pictures(tmp_path / "mine" / "happy", world.faces.images[:9])
        with pytest.raises(DataError, match="are labelled happy"):
            self.tune(world, tmp_path)

    def test_one_picture_in_two_classes(self, world: World, tmp_path: Path) -> None:
        write_pictures(tmp_path / "mine" / "happy", world.faces.images[:5])
        write_pictures(tmp_path / "mine" / "sad", world.faces.images[4:9])
        with pytest.raises(DataError, match="in the folders happy and sad"):
            self.tune(world, tmp_path)

    def test_no_folder_and_no_faces(self, world: World, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="is no folder"):
            self.tune(world, tmp_path)
        (tmp_path / "mine").mkdir()
        with pytest.raises(DataError, match="no face"):
            self.tune(world, tmp_path)

    def test_over_the_parent(self, world: World, tmp_path: Path) -> None:
        with pytest.raises(AppError, match="overwrite"):
            self.tune(world, tmp_path, out=world.model.parent, name="parent")

    def test_a_twin(self, world: World, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="cannot be tuned"):
            self.tune(world, tmp_path, model=world.model.with_suffix(".tflite"))

    def test_data_without_the_parents_labels(self, world: World, tmp_path: Path) -> None:
        import json

        for suffix in (".keras", ".json"):
            (tmp_path / f"voted{suffix}").write_bytes(world.model.with_suffix(suffix).read_bytes())
        card = json.loads((tmp_path / "voted.json").read_text(encoding="utf-8"))
        card["label_set"] = "FER+ untied majority of the 7 emotions"
        (tmp_path / "voted.json").write_text(json.dumps(card), encoding="utf-8")
        faces = replace(world.faces, votes=np.zeros_like(world.faces.votes))
        with pytest.raises(DataError, match="no FER"):
            self.tune(world, tmp_path, model=tmp_path / "voted.keras", corrections=world.corrections, faces=faces)

    def test_the_command_says_it_in_one_line(
        self, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["finetune", str(world.model), str(tmp_path / "absent"), "--out", str(tmp_path / "out")]
        assert main(arguments) == 1
        assert main([*arguments, "--votes", "votes.csv"]) == 1
        assert main([*arguments, "--epochs", "0"]) == 1
        lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("train: ")]
        assert ["is no folder" in lines[0], "--data" in lines[1], "'epochs' is 0" in lines[2]] == [True] * 3


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=2, max_size=40),
    st.integers(2, 6),
    st.integers(0, 3),
)
def test_no_copy_stands_on_both_sides(entries: list[tuple[int, int]], parts: int, seed: int) -> None:
    from train.tuning.corrections import Corrections, split_corrections

    # A picture per label and number, so that equal entries are copies.
    labels = np.array([label for label, _ in entries], np.int64)
    images = np.stack([np.full((48, 48), 10 * label + number, np.uint8) for label, number in entries])
    learn, kept = split_corrections(Corrections(images, labels), parts, seed)
    assert len(learn) + len(kept) == len(entries)
    assert not {image.tobytes() for image in learn.images} & {image.tobytes() for image in kept.images}
    # Every class is still learnt, and something is kept back wherever a class has two pictures.
    assert set(learn.labels) == set(labels)
    largest = max(len(set(pixel_groups(images[labels == label]))) for label in set(labels))
    assert (len(kept) > 0) == (largest > 1)
