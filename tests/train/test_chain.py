"""The whole way on a few hundred generated faces: fit, interruption, publication, use by the program, figures."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of
from emotion_gui.vision.classifiers import load_classifier
from tests.train.generated import make_faces
from train.config import AugmentConfig, NetworkConfig, OptimizerConfig, TrainConfig
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces
from train.data.targets import heads_with_labels

pytestmark = pytest.mark.slow

HEADS = ("fer2013", "ferplus")
CHARTS = ("confusion", "roc", "calibration")
# Mild variation and no blur of the bars: two epochs must be enough to learn something.
CONFIG = TrainConfig(
    epochs=1,
    batch_size=28,
    average_decay=0.8,
    precision="float32",
    network=NetworkConfig(architecture="residual_vgg", dropout=0.0),
    optimizer=OptimizerConfig(learning_rate=0.02, warmup_epochs=0.1, weight_decay=0.004),
    augment=AugmentConfig(rotation_deg=2, scale=0.02, shift=0.02, erase_probability=0.0),
)


@dataclass(frozen=True)
class Chain:
    """A finished run and what was published from it.

    Attributes:
        faces: Training and PublicTest.
        run: Folder of the run of two epochs, the second after an interruption.
        histories: What was recorded after the first and after the second `fit`.
        models: Folder with both heads: 'fer2013' was published with PublicTest, 'ferplus' without.
        cards: What `publish` gave, by head.
        printed: What all this wrote on standard output.
    """

    faces: Faces
    run: Path
    histories: tuple[list[dict[str, Any]], list[dict[str, Any]]]
    models: Path
    cards: dict[str, ModelCard]
    printed: str


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    from train.learning.checkpoints import Checkpoints
    from train.learning.fit import fit
    from train.publishing.publish import publish

    folder = tmp_path_factory.mktemp("train")
    run, models = folder / "run", folder / "models"
    faces = make_faces(20, public_per_label=4)
    with redirect_stdout(io.StringIO()) as printed:
        fit(faces, CONFIG, run)
        first = Checkpoints(run, CONFIG.heads).history()
        # What an interruption while writing would leave.
        (run / "epoch-writing").mkdir()
        (run / "epoch-writing" / "state.weights.h5").write_bytes(b"half")
        fit(faces, replace(CONFIG, epochs=2), run)
        cards = {
            "fer2013": publish(run, faces, "fer2013", models),
            "ferplus": publish(run, faces.of_usage(TRAINING), "ferplus", models),
        }
    return Chain(faces, run, (first, Checkpoints(run, CONFIG.heads).history()), models, cards, printed.getvalue())


def test_an_interrupted_run_goes_on(chain: Chain) -> None:
    first, both = chain.histories
    assert [record["epoch"] for record in both] == [1, 2]
    assert both[0] == first[0]
    assert both[1]["loss"] < both[0]["loss"]
    # The cosine is near its end at the last step.
    assert 0 < both[1]["learning_rate"] < 0.1 * CONFIG.optimizer.learning_rate
    assert not (chain.run / "epoch-writing").exists()
    assert "epochs 2 to 2" in chain.printed
    assert (chain.run / "epoch-0002" / "state.weights.h5").is_file()


def test_a_run_refuses_other_faces_and_another_seed(chain: Chain, tmp_path: Path) -> None:
    from train.learning.fit import fit
    from train.publishing.publish import publish

    others = make_faces(20, seed=1)
    with pytest.raises(DataError, match="not the faces"):
        fit(others, CONFIG, chain.run)
    with pytest.raises(DataError, match="not the faces"):
        publish(chain.run, others, "fer2013", tmp_path)
    with pytest.raises(AppError, match="begun with seed 1"):
        fit(chain.faces, replace(CONFIG, seed=2), chain.run)


def test_a_run_without_an_epoch_cannot_be_published(chain: Chain, tmp_path: Path) -> None:
    from train.config import write_config
    from train.publishing.publish import publish

    write_config(CONFIG, tmp_path / "run")
    with pytest.raises(AppError, match="no finished epoch"):
        publish(tmp_path / "run", chain.faces, "fer2013", tmp_path / "models")
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("head", HEADS)
class TestPublished:
    def test_the_card_is_true_to_the_files(self, chain: Chain, head: str) -> None:
        card = read_card(chain.models / f"{head}.json")
        assert card.name == head
        assert card.labels == EMOTION_NAMES
        assert card.keras_sha256 == sha256_of(chain.models / f"{head}.keras")
        assert card.tflite_sha256 == sha256_of(chain.models / f"{head}.tflite")
        assert card.metrics == json.loads(json.dumps(chain.cards[head].metrics))
        assert TrainConfig.from_dict(card.training) == replace(CONFIG, epochs=2)
        assert "140 faces, of which 0 without variance" in card.training_data
        assert f"PublicTest was {'read after that' if head == 'fer2013' else 'not read'}" in card.selection
        assert sorted(path.suffix for path in chain.models.iterdir()) == sorted(
            [".json", ".keras", ".md", ".tflite"] * 2
        )

    def test_the_figures_name_split_labels_and_copies(self, chain: Chain, head: str) -> None:
        entries = chain.cards[head].metrics["figures"]
        splits = [entry["split"] for entry in entries]
        public = 4 if head == "fer2013" else 0
        assert splits == ["held-out part of Training (1 in 10)"] * 2 + [PUBLIC_TEST] * public
        assert [entry["n"] for entry in entries] == [14] * 2 + [28] * public
        best = max(record[f"{head}_held_out_accuracy"] for record in chain.histories[1])
        own = entries[HEADS.index(head)]
        assert own["accuracy"] == pytest.approx(best, abs=1e-4)

    def test_keras_twin_and_program_give_the_same_probabilities(self, chain: Chain, head: str) -> None:
        import keras

        from train.judging.scoring import score_keras, score_twin

        images = chain.faces.of_usage(PUBLIC_TEST).images
        model = keras.saving.load_model(chain.models / f"{head}.keras", safe_mode=True, compile=False)
        scores = score_keras(model, images)
        assert scores.shape == (28, 7)
        assert scores.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
        twin_scores = score_twin(chain.models / f"{head}.tflite", images)
        # int8 weights move the scores of a net that has hardly learnt by hundredths.
        assert np.abs(twin_scores - scores).mean() < 0.02
        classifier = load_classifier(chain.models / f"{head}.keras")
        assert classifier.card == read_card(chain.models / f"{head}.json")
        assert np.abs(classifier.probabilities(list(images)) - twin_scores).max() < 1e-5


def test_without_votes_only_the_original_labels_are_published(chain: Chain) -> None:
    assert heads_with_labels(chain.faces, HEADS) == HEADS
    assert heads_with_labels(replace(chain.faces, votes=np.zeros_like(chain.faces.votes)), HEADS) == ("fer2013",)


def test_publication_prints_no_list_of_variables(chain: Chain) -> None:
    assert "TensorSpec" not in chain.printed


def test_evaluation_reproduces_the_card_and_writes_a_page(chain: Chain, tmp_path: Path) -> None:
    from train.judging.evaluate_model import evaluate_model

    evaluation = evaluate_model(
        chain.models / "fer2013.keras", chain.faces, tmp_path, splits=("held-out", PUBLIC_TEST), run=chain.run
    )
    assert evaluation.comparison is not None
    assert evaluation.comparison.sentence.startswith("As the card says: all")
    written = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert written["figures"] == evaluation.figures
    published = chain.cards["fer2013"].metrics["figures"]
    assert [entry for entry in written["figures"] if not entry["flip_averaging"]] == published
    charts = {path.name for path in tmp_path.glob("*.png")}
    names = {f"{kind}-{part}-{head}.png" for kind in CHARTS for part in ("held-out", PUBLIC_TEST) for head in HEADS}
    assert charts == names | {"training.png"}
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(chart in page for chart in charts)


def test_evaluation_of_the_twin_reproduces_its_accuracy(chain: Chain, tmp_path: Path) -> None:
    from train.judging.evaluate_model import evaluate_model

    twin = chain.models / "fer2013.tflite"
    evaluation = evaluate_model(twin, chain.faces, tmp_path, splits=("held-out",), with_robustness=False)
    assert evaluation.comparison is not None
    assert (evaluation.comparison.compared, evaluation.comparison.differences) == (1, ())
    # A byte that the card does not vouch for.
    for suffix in (".json", ".tflite"):
        (tmp_path / f"other{suffix}").write_bytes(twin.with_suffix(suffix).read_bytes())
    with (tmp_path / "other.tflite").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="is not the twin"):
        evaluate_model(tmp_path / "other.tflite", chain.faces, tmp_path / "out")


def test_evaluation_refuses_data_without_a_test_part_and_other_models(chain: Chain, tmp_path: Path) -> None:
    import keras

    from train.judging.evaluate_model import evaluate_model

    with pytest.raises(DataError, match="no PublicTest or PrivateTest"):
        evaluate_model(chain.models / "ferplus.keras", chain.faces.of_usage(TRAINING), tmp_path / "out")
    face = keras.Input((48, 48, 3))
    other = keras.Model(face, keras.layers.Dense(7)(keras.layers.Flatten()(face)))
    other.save(tmp_path / "color.keras")
    with pytest.raises(ModelError, match=r"'color\.keras' takes"):
        evaluate_model(tmp_path / "color.keras", chain.faces, tmp_path / "out")
    assert not (tmp_path / "out").exists()
