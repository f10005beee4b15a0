"""A network as a short list of blocks, in the order of its data: what a diagram of one page can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import keras

from train.networks.layer_words import belongs, describe


@dataclass(frozen=True)
class Line:
    """A layer with those that belong to it: a convolution, its batch normalisation and its activation.

    Attributes:
        text: What they are.
        shape: What comes out, without the number of faces: (height, width, channels) or (features,).
        parameters: Their weights, together.
    """

    text: str
    shape: tuple[int, ...]
    parameters: int


@dataclass(frozen=True)
class Block:
    """What lies between two places at which all of a network's data is one array.

    Attributes:
        lines: The longest way through it, with what joins the ways at the end.
        shortcuts: The other ways; one without lines hands its input on.
        repeats: How many such blocks follow one another.
        base: Whether it is part of a network of `keras.applications` inside the network.
    """

    lines: tuple[Line, ...]
    shortcuts: tuple[tuple[Line, ...], ...] = ()
    repeats: int = 1
    base: bool = False


@dataclass(frozen=True)
class _Piece:
    """The layers between two cuts, along each way, and the layer at which the ways join; no ways in a plain row."""

    ways: tuple[tuple[Any, ...], ...]
    end: Any
    base: bool


def outline(model: keras.Model) -> list[Block]:
    """The blocks of a functional model, equal neighbours as one; a model inside it is opened."""
    blocks: list[Block] = []
    for block in _blocks(_pieces(model, base=False)):
        last = blocks[-1] if blocks else None
        if last and replace(last, repeats=1) == block:
            blocks[-1] = replace(last, repeats=last.repeats + 1)
        else:
            blocks.append(block)
    return blocks


def _blocks(pieces: Iterable[_Piece]) -> list[Block]:
    blocks: list[Block] = []
    before: Any = None
    for piece in pieces:
        if piece.ways:
            longest, *others = sorted(piece.ways, key=len, reverse=True)
            lines = (*_lines(longest), _line(piece.end))
            blocks.append(Block(lines, tuple(_lines(way) for way in others), base=piece.base))
        elif blocks and blocks[-1].base == piece.base and belongs(piece.end, before):
            *lines_before, last = blocks[-1].lines
            blocks[-1] = replace(blocks[-1], lines=(*lines_before, _joined(last, _line(piece.end))))
        else:
            blocks.append(Block((_line(piece.end),), base=piece.base))
        before = piece.end
    return blocks


def _lines(way: Iterable[Any]) -> tuple[Line, ...]:
    lines: list[Line] = []
    before: Any = None
    for layer in way:
        if lines and belongs(layer, before):
            lines[-1] = _joined(lines[-1], _line(layer))
        else:
            lines.append(_line(layer))
        before = layer
    return tuple(lines)


def _line(layer: Any) -> Line:
    return Line(describe(layer), tuple(layer.output.shape[1:]), layer.count_params())


def _joined(first: Line, second: Line) -> Line:
    return Line(f"{first.text} · {second.text}", second.shape, first.parameters + second.parameters)


def _pieces(model: keras.Model, *, base: bool) -> Iterator[_Piece]:
    """Cut the model at each layer that no connection passes by."""
    parents = _parents(model)
    cuts = _cuts(model, parents)
    if not base:
        yield _Piece((), model.layers[cuts[0]], base)
    for start, end in pairwise(cuts):
        layer = model.layers[end]
        if isinstance(layer, keras.Model):
            yield from _pieces(layer, base=True)
        else:
            yield _Piece(_ways(model, parents, start, end), layer, base)


def _cuts(model: keras.Model, parents: dict[str, list[str]]) -> list[int]:
    number = {layer.name: index for index, layer in enumerate(model.layers)}
    furthest = list(range(len(number)))
    for name, before in parents.items():
        for parent in before:
            furthest[number[parent]] = max(furthest[number[parent]], number[name])
    reached = [0, *accumulate(furthest, max)]
    return [index for index in range(len(number)) if reached[index] <= index]


def _ways(model: keras.Model, parents: dict[str, list[str]], start: int, end: int) -> tuple[tuple[Any, ...], ...]:
    inner = model.layers[start + 1 : end]
    if not inner:
        return ()
    if any(len(parents[layer.name]) > 1 for layer in inner):
        # A fork inside a fork: in the order of the data, rather than leave a layer out.
        return (tuple(inner),)
    ways = []
    for last in parents[model.layers[end].name]:
        way, name = [], last
        while name != model.layers[start].name:
            way.append(model.get_layer(name))
            (name,) = parents[name]
        ways.append(tuple(reversed(way)))
    return tuple(ways)


def _parents(model: keras.Model) -> dict[str, list[str]]:
    """For each layer the names of those that it takes its data from, each once."""
    config = model.get_config()["layers"]
    return {entry["name"]: list(dict.fromkeys(_named(entry["inbound_nodes"]))) for entry in config}


def _named(nested: Any) -> Iterator[str]:
    """Names of the layers in a node of a model's configuration, however deep they stand."""
    if isinstance(nested, dict):
        if "keras_history" in nested:
            yield nested["keras_history"][0]
        for value in nested.values():
            yield from _named(value)
    elif isinstance(nested, (list, tuple)):
        for value in nested:
            yield from _named(value)
