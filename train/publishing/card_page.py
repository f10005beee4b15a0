"""The card as a page for people, in Markdown; every figure is the card's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from emotion_gui.core.model_card import ModelCard
from train.judging.evaluate import INCLUDED

# What Markdown or HTML would take for markup.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def card_page(card: ModelCard) -> str:
    """Markdown with the card's words, its figures as tables, and its limits first of all."""
    labels = ", ".join(card.labels)
    parts = [
        f"# {_plain(card.name)}",
        f"Names the facial expression of one face: {labels}. Input: a grey face of "
        f"{card.input['shape'][0]} x {card.input['shape'][1]} pixels, grey levels "
        f"{card.input['value_range'][0]} to {card.input['value_range'][1]}; output: one probability per expression.",
        _list("What it cannot do, and whom it may fail", card.limits),
        _section("What the labels mean", _plain(card.label_meaning)),
        _table(("Label", "Meaning"), card.emotion_meanings.items()),
        _section("What it was trained on", *map(_plain, (card.training_data, card.split, card.selection))),
        _parent(card.parent),
        *_figures(card.metrics.get("figures", []), card.label_set),
        *_robustness(card.metrics.get("robustness", {})),
        *_twin(card.metrics.get("twin", {})),
        *_facts(card),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(text: object) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _section(heading: str, *paragraphs: str) -> str:
    written = [paragraph for paragraph in paragraphs if paragraph]
    return "\n\n".join([f"## {heading}", *written]) if written else ""


def _list(heading: str, items: Sequence[str]) -> str:
    return _section(heading, "\n".join(f"- {_plain(item)}" for item in items))


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    cells = [" | ".join(map(_plain, row)) for row in rows]
    lines = [" | ".join(header), " | ".join("---" for _ in header), *cells]
    return "\n".join(f"| {line} |" for line in lines) if cells else ""


def _figures(figures: Sequence[Mapping[str, Any]], label_set: str) -> list[str]:
    if not figures:
        return []
    header = ("Split", "Labels", "Copies", "Flip averaging", "Faces", "Accuracy", "Macro-F1", "ECE")
    rows = [
        (
            *(entry["split"], entry["labels"], entry["copies"]),
            "yes" if entry.get("flip_averaging") else "no",
            entry["n"],
            *(_percent(entry[key]) for key in ("accuracy", "macro_f1", "ece")),
        )
        for entry in figures
    ]
    explained = (
        "Accuracy: share of faces named as labelled. Macro-F1: mean over the expressions, rare ones counting as much "
        "as frequent ones. ECE: how far the probabilities are from the shares that turn out right, on average."
    )
    # By labels that it was not taught, a model's faults are the labels' as much as its own.
    own = [entry for entry in figures if entry["copies"] == INCLUDED and label_set in {"", entry["labels"]}]
    tables = [_per_class(entry) for entry in own]
    return [_section("How good it is", explained), _table(header, rows), *tables]


def _per_class(entry: Mapping[str, Any]) -> str:
    rows = [
        (name, values["n"], *(_percent(values[key]) for key in ("precision", "recall", "f1")))
        for name, values in entry["per_class"].items()
        if values["n"]
    ]
    title = f"{entry['split']}, labels {entry['labels']}{', flip averaging' if entry.get('flip_averaging') else ''}"
    return f"### {_plain(title)}\n\n" + _table(("Expression", "Faces", "Precision", "Recall", "F1"), rows)


def _robustness(table: Mapping[str, Any]) -> list[str]:
    if not table:
        return []
    rows = [(row["change"], row["n"], _percent(row["accuracy"]), f"{row['loss_points']:.2f}") for row in table["rows"]]
    text = f"Measured on: {table['split']}, labels {table['labels']}."
    return [
        _section("What a worse picture costs", _plain(text)),
        _table(("Change", "Faces", "Accuracy", "Points lost"), rows),
    ]


def _twin(twin: Mapping[str, Any]) -> list[str]:
    if not twin:
        return []
    rows = [
        (kind, _percent(twin[f"{kind}_accuracy"]), "published" if kind == twin["precision"] else "")
        for kind in ("keras", "float16", "int8", "float32")
        if f"{kind}_accuracy" in twin
    ]
    text = (
        f"Measured on: {twin['split']}, labels {twin['labels']}. The published twin takes {twin['bytes'] / 1e6:.2f} MB "
        f"and {twin['ms_per_face']} ms per face on one thread of the machine that made it."
    )
    if choice := twin.get("choice"):
        shares = ", ".join(
            f"{kind} {_percent(choice[key])}"
            for kind in ("keras", "float16", "int8")
            if (key := f"{kind}_accuracy") in choice
        )
        text += f" It was chosen by {choice['split']}, {choice['n']} faces: {shares}."
    return [_section("Compiled twin", _plain(text)), _table(("Kind", "Accuracy", "Twin"), rows)]


def _parent(parent: Mapping[str, Any]) -> str:
    if not parent:
        return ""
    corrections = parent.get("corrections", {})
    did, heading = ("Tuned from", "What it was tuned from") if corrections else ("Begun with", "What it began with")
    text = f"{did} '{parent['name']}' (SHA-256 {parent['sha256']}). {parent.get('description', '')}"
    table = [_table(("Correction", "Faces"), corrections.items())] if corrections else []
    return "\n\n".join([_section(heading, _plain(text)), *table])


def _facts(card: ModelCard) -> list[str]:
    facts = {
        "Parameters": card.parameters,
        "Softmax temperature": card.metrics.get("temperature", ""),
        "Published": card.created,
        "Licence": card.license,
        "SHA-256 of the model": card.keras_sha256,
        "SHA-256 of the twin": card.tflite_sha256,
        "SHA-256 of the training data": card.data_sha256,
        "Teachers": ", ".join(card.teachers),
        "Written with": ", ".join(f"{name} {number}" for name, number in card.versions.items()),
    }
    settings = json.dumps(card.training, indent=1)
    return [
        _section("Facts", _table(("What", "Value"), [(key, value) for key, value in facts.items() if value])),
        f"Settings of the training:\n\n```json\n{settings}\n```" if card.training else "",
    ]
