"""A run that begins with what a published model has learnt."""

from __future__ import annotations

from dataclasses import dataclass

import keras

from emotion_gui.core.errors import ModelError


@dataclass(frozen=True)
class Beginning:
    """A published model as the first state of a run.

    Attributes:
        name: Of its file.
        model: From faces to the probabilities of one head.
        head: The run's head that goes on from its last layer; any other begins anew.
    """

    name: str
    model: keras.Model
    head: str

    def give_to(self, headed: keras.Model) -> None:
        """Put its weights into what `build_headed` gave.

        Raises:
            ModelError: It is another network.
        """
        *given, last = [layer for layer in self.model.layers if layer.weights]
        heads = set(headed.output_names)
        taken = [layer for layer in headed.layers if layer.weights and layer.name not in heads]
        if self.head in heads:
            given, taken = [*given, last], [*taken, headed.get_layer(self.head)]
        if [_shapes(layer) for layer in given] != [_shapes(layer) for layer in taken]:
            raise ModelError(
                f"'{self.name}' is another network than the run's.",
                "Give --architecture and --classes as its card names them.",
            )
        for source, target in zip(given, taken, strict=True):
            target.set_weights(source.get_weights())


def _shapes(layer: keras.Layer) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for weight in layer.weights]
