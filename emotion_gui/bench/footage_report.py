"""Runs the comparison on footage and prints it, as tables or as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from emotion_gui.bench.false_faces import FalseFaceRow, compare_thresholds
from emotion_gui.bench.footage_bench import ModelResult, StretchResult, ratio, watch
from emotion_gui.bench.footage_labels import Stretch, read_stretches
from emotion_gui.bench.footage_variations import AS_IT_IS, VARIATIONS
from emotion_gui.bench.steadiness_report import steadiness_dict, steadiness_lines
from emotion_gui.core import paths
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.vision.classifiers import EmotionClassifier, load_classifier

TABLE_NAME = "expected.csv"
# A third of the frames is enough to compare variations; label changes need the live rate.
_RATE, _QUICK_RATE = 10.0, 3.0
_LIVE_RATE = 30.0


@dataclass(frozen=True)
class FootageRequest:
    """What to compare.

    Attributes:
        folder: Where the footage is.
        table: What is seen in it, see `read_stretches`; None for `expected.csv` in that folder.
        models: Model files; those that come with the program where none is named.
        variations: Whether harder conditions are tried too.
        quick: Fewer frames.
    """

    folder: Path
    table: Path | None = None
    models: tuple[Path, ...] = ()
    variations: bool = False
    quick: bool = False


@dataclass(frozen=True)
class FootageFindings:
    """What was found.

    Attributes:
        models: One for each model on the footage as it is.
        false_faces: Faces kept and false ones let in.
        varied: The models again under each variation, by its title; first as it is, on the same frames.
    """

    models: list[ModelResult]
    false_faces: list[FalseFaceRow]
    varied: Mapping[str, list[ModelResult]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON types; shares from 0 to 1, times in seconds."""
        return {
            "models": [_model_dict(model) for model in self.models],
            "false_faces": [asdict(row) for row in self.false_faces],
            "variations": {
                title: {model.model: _totals(model) for model in models} for title, models in self.varied.items()
            },
        }


def run_footage(request: FootageRequest, *, as_json: bool) -> int:
    """Compare and print.

    Returns:
        The exit code, 0.

    Raises:
        AppError: The folder, the table, a model or a file of footage cannot be used.
    """
    found = compare(request)
    print(json.dumps(found.to_dict(), indent=2) if as_json else footage_table(found))
    return 0


def compare(request: FootageRequest) -> FootageFindings:
    """Run all models over the footage, once or under every variation."""
    if not request.folder.is_dir():
        raise AppError(f"There is no folder '{request.folder}'.", "Name one with clips and photos.")
    stretches = read_stretches(request.table or request.folder / TABLE_NAME)
    classifiers = _classifiers(request.models)
    live_rate, rate = (_QUICK_RATE, _QUICK_RATE) if request.quick else (_LIVE_RATE, _RATE)
    models = watch(request.folder, stretches, classifiers, rate=live_rate)
    false_faces = compare_thresholds(request.folder, stretches, live_rate)
    varied = {}
    for variation in (AS_IT_IS, *VARIATIONS.values()) if request.variations else ():
        varied[variation.title] = watch(request.folder, stretches, classifiers, rate=rate, variation=variation)
    return FootageFindings(models, false_faces, varied)


def _classifiers(files: Sequence[Path]) -> dict[str, EmotionClassifier]:
    chosen = files or sorted(paths.models_folder().glob("*.tflite"))
    if not chosen:
        raise ModelError("The program came without a model.", "Name a model file with --model.")
    # Two files of the same name in different folders must not become one.
    repeated = len({file.stem for file in chosen}) < len(chosen)
    return {str(file) if repeated else file.stem: load_classifier(file) for file in chosen}


def footage_table(found: FootageFindings) -> str:
    """The findings for reading."""
    lines: list[str] = []
    for model in found.models:
        lines += [f"{model.model} ({model.sha256[:8]})", *_stretch_lines(model), ""]
        lines += [*steadiness_lines(model.courses), ""]
    lines += _summary_lines(found.models)
    lines += ["", f"{'faces told by':<26} {'kept':>12} {'false ones let in':>20}"]
    for row in found.false_faces:
        lines.append(f"{row.rule:<26} {_of(row.kept, row.real):>12} {_of(row.let_in, row.empty):>20}")
    if found.varied:
        lines += ["", *_variation_lines(found)]
    return "\n".join(lines)


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}"


def _stretch_lines(model: ModelResult) -> Iterator[str]:
    """One line for each stretch; percent of its time."""
    yield f"  {'file':<34} {'from':>6} {'to':>6}  {'expected':<20} {'found':>6} {'agreed':>6}  named"
    for result in model.stretches:
        stretch = result.stretch
        end = f"{stretch.to_s:.2f}" if math.isfinite(stretch.to_s) else "end"
        agreed = f"{100 * ratio(result.agreed_s, result.watched_s):.0f}" if stretch.nobody or stretch.expected else "-"
        found = f"{100 * ratio(result.found_s, result.watched_s):.0f}"
        named = ", ".join(f"{name} {100 * share:.0f}" for name, share in _named(result))
        yield (
            f"  {stretch.file:<34} {stretch.from_s:>6.2f} {end:>6}  {stretch.wording or '(not judged)':<20} "
            f"{found:>6} {agreed:>6}  {named}"
        ).rstrip()


def _named(result: StretchResult) -> list[tuple[str, float]]:
    """The expressions named and their share of the time with a face, the most frequent first."""
    shares = [(str(e.value), result.seconds[e] / result.found_s) for e in EMOTIONS if result.seconds[e]]
    return sorted(shares, key=lambda share: -share[1])


_SUMMARY = (
    ("agreement", "Time in agreement, mean over the files, %", 100.0),
    ("expected_probability", "Mean probability of what is right, %", 100.0),
    ("confidence", "Mean probability of the label, %", 100.0),
    ("flips_per_s", "Label changes a second, an only face", 1.0),
    ("found", "Time with the face found, %", 100.0),
    ("false_faces", "Time with a face where nobody is, %", 100.0),
)


def _summary_lines(models: Sequence[ModelResult]) -> Iterator[str]:
    yield f"{'':<44}" + "".join(f"{model.model:>12}" for model in models)
    for key, label, factor in _SUMMARY:
        yield f"{label:<44}" + "".join(f"{factor * getattr(model, key):>12.1f}" for model in models)
    for emotion in EMOTIONS:
        shares = [model.agreement_on(emotion) for model in models]
        if None not in shares:
            label = f"  of the agreement, only '{emotion.value}' right, %"
            yield f"{label:<44}" + "".join(f"{100 * (share or 0):>12.1f}" for share in shares)


def _variation_lines(found: FootageFindings) -> Iterator[str]:
    names = "".join(f"{model.model:>12}" for model in found.models)
    yield f"{'time in agreement / probability of it, %':<44}{names}{'found':>8}"
    for title, models in found.varied.items():
        cells = "".join(f"{100 * m.agreement:>6.1f}/{100 * m.expected_probability:>5.1f}" for m in models)
        yield f"{title:<44}{cells}{100 * models[0].found:>8.1f}"


def _totals(model: ModelResult) -> dict[str, Any]:
    per_emotion = {str(emotion.value): model.agreement_on(emotion) for emotion in EMOTIONS}
    return {key: round(getattr(model, key), 4) for key, _, _ in _SUMMARY} | {
        "agreement_on": {name: round(share, 4) for name, share in per_emotion.items() if share is not None}
    }


def _model_dict(model: ModelResult) -> dict[str, Any]:
    stretches = [
        _stretch_dict(each.stretch)
        | {
            "watched_s": round(each.watched_s, 3),
            "found_s": round(each.found_s, 3),
            "agreed_s": round(each.agreed_s, 3),
        }
        | {"named": {name: round(share, 4) for name, share in _named(each)}}
        for each in model.stretches
    ]
    own = {"stretches": stretches, "steadiness": steadiness_dict(model.courses)}
    return {"model": model.model, "sha256": model.sha256} | _totals(model) | own


def _stretch_dict(stretch: Stretch) -> dict[str, Any]:
    # JSON has no infinity.
    end_s = stretch.to_s if math.isfinite(stretch.to_s) else None
    return {"file": stretch.file, "from_s": stretch.from_s, "to_s": end_s, "expected": stretch.wording}
