"""The optimizer and the losses that a run is compiled with."""

from __future__ import annotations

import keras

from train.config import OptimizerConfig, TrainConfig


def compile_model(model: keras.Model, config: TrainConfig) -> None:
    """Give the model a fresh optimizer and each head its loss and accuracy.

    What learns is fixed by this: freeze or unfreeze layers before.
    """
    model.compile(
        _optimizer(config.optimizer),
        loss={head: keras.losses.CategoricalCrossentropy(from_logits=True) for head in config.heads},
        # Weighted, so that faces without votes do not count for 'ferplus'.
        weighted_metrics={head: [keras.metrics.CategoricalAccuracy(name="accuracy")] for head in config.heads},
        # XLA made it slower on TensorFlow's CPU; JAX does nothing well without it.
        jit_compile=keras.backend.backend() == "jax",
    )


def _optimizer(settings: OptimizerConfig) -> keras.optimizers.Optimizer:
    # The rate is set before every step; this is the peak.
    shared = {"learning_rate": settings.learning_rate, "weight_decay": settings.weight_decay}
    optimizer = (
        keras.optimizers.Adam(**shared)
        if settings.name == "adam"
        else keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **shared)
    )
    # Decay pulls kernels to 0; a bias or a scale there would only lose what it learnt.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer
