"""Several machines train one model by TensorFlow's MultiWorkerMirroredStrategy.

Every machine has all weights. In each step each takes its part of the batch that a single machine would take, the
gradients are summed and batch normalisation sees the whole batch, so that the losses are those of a single machine but
for rounding. Dropout is the exception: faces at the same place of different parts lose the same features.

`keras.Model.fit` itself cannot train under this strategy (https://github.com/keras-team/keras/issues/20585): it reduces
scalar losses along an axis that they lack. The loop below runs Keras' own training step instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from emotion_gui.core.errors import AppError
from train.learning.batches import AugmentedBatches, Batch
from train.learning.cluster import Cluster
from train.learning.meeting import Meeting
from train.learning.team import Alone

_LOST = (
    tf.errors.UnavailableError,
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
    tf.errors.InternalError,
)


class Workers(Alone):
    """This machine among those of a cluster."""

    def __init__(self, meeting: Meeting, callbacks: Sequence[keras.callbacks.Callback] = ()) -> None:
        """Join.

        Args:
            meeting: At which all machines are present.
            callbacks: As for `Alone`.

        Raises:
            AppError: Keras does not run on TensorFlow here.
        """
        super().__init__(callbacks)
        if keras.backend.backend() != "tensorflow":
            raise AppError(
                f"Several machines train together only on TensorFlow, and Keras runs on {keras.backend.backend()}.",
                "Set KERAS_BACKEND=tensorflow on every machine.",
            )
        self._meeting = meeting
        self._strategy: Any = None
        self._sum: Any = None

    def agree(self, settings: str) -> None:
        """Compare settings, then connect; nothing may have been computed by TensorFlow before.

        Raises:
            AppError: Another machine was started with other settings, or has gone.
        """
        self._meeting.agree(settings)
        self._strategy = strategy = _connected(self._meeting.cluster)
        # Compiled, because each exchange that is not takes new keys, which TensorFlow keeps to the end.
        self._sum = tf.function(lambda values: strategy.reduce("SUM", values, axis=None))

    def scope(self) -> AbstractContextManager[object]:
        """Where variables are made that all machines keep equal; those of the first machine prevail."""
        scope: AbstractContextManager[object] = self._strategy.scope()
        return scope

    def train(
        self,
        model: keras.Model,
        batches: AugmentedBatches,
        *,
        epochs: range,
        callbacks: Sequence[keras.callbacks.Callback],
    ) -> None:
        """As `Alone.train`, each machine with its part of every batch.

        Raises:
            AppError: The batch cannot be divided, or a machine has gone.
        """
        try:
            self._train(model, batches, epochs, callbacks)
        except _LOST as error:
            raise AppError(
                "The connection to another machine was lost.",
                "Start the same command on every machine again: the run goes on after its last epoch.",
            ) from error

    def _train(
        self,
        model: keras.Model,
        batches: AugmentedBatches,
        epochs: range,
        callbacks: Sequence[keras.callbacks.Callback],
    ) -> None:
        _see_whole_batches(model)
        step = self._step(model)
        hooks = keras.callbacks.CallbackList(
            [*callbacks, *self._callbacks], model=model, epochs=epochs.stop, steps=len(batches), verbose=0
        )
        model.stop_training = False
        hooks.on_train_begin()
        for epoch in epochs:
            model.reset_metrics()
            hooks.on_epoch_begin(epoch)
            for index, batch in enumerate(_one_ahead(batches)):
                hooks.on_train_batch_begin(index)
                # Schedules look at held-out losses, whose rounding may differ between machines.
                model.optimizer.learning_rate = self._word_of_chief(_number(model.optimizer.learning_rate))
                loss = step(self._parts(batch))
                hooks.on_train_batch_end(index, {"loss": loss})
            hooks.on_epoch_end(epoch, {name: _number(value) for name, value in model.get_metrics_result().items()})
            model.stop_training = bool(self._word_of_chief(float(model.stop_training)))
            if model.stop_training:
                break
        hooks.on_train_end()

    def _step(self, model: keras.Model) -> Callable[[Any], Any]:
        @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]  # tensorflow has no type information
        def step(parts: Any) -> Any:
            logs = self._strategy.run(model.train_step, args=(parts,))
            return self._strategy.reduce("MEAN", logs["loss"], axis=None)

        compiled: Callable[[Any], Any] = step
        return compiled

    def _parts(self, batch: Batch) -> Any:
        """The parts of a batch that this machine's processors take."""
        count = self._strategy.num_replicas_in_sync
        size, rest = divmod(len(batch[0]), count)
        if rest:
            raise AppError(
                f"A batch of {len(batch[0])} faces cannot be divided among {count} processors.",
                f"Give a --batch-size that is a multiple of {count}.",
            )

        def part(context: Any) -> Any:
            begin = context.replica_id_in_sync_group * size
            return tf.nest.map_structure(lambda array: tf.constant(array[begin : begin + size]), batch)

        return self._strategy.experimental_distribute_values_from_function(part)

    def _word_of_chief(self, value: float) -> float:
        """The first machine's value on every machine."""

        def own(context: Any) -> Any:
            return tf.constant(value if context.replica_id_in_sync_group == 0 else 0.0, tf.float64)

        values = self._strategy.experimental_distribute_values_from_function(own)
        return float(self._sum(values))


def _connected(cluster: Cluster) -> Any:
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        tf.train.ClusterSpec({"worker": list(cluster.addresses)}),
        task_type="worker",
        task_id=cluster.index,
        rpc_layer="grpc",
    )
    try:
        return tf.distribute.MultiWorkerMirroredStrategy(resolver)
    except (*_LOST, tf.errors.UnknownError) as error:
        raise AppError(
            "TensorFlow cannot connect the machines.", "See that no firewall is between them, and start all again."
        ) from error


def _see_whole_batches(model: keras.Model) -> None:
    """Let batch normalisation take mean and variance over the parts of all machines."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            _see_whole_batches(layer)
        elif isinstance(layer, keras.layers.BatchNormalization):
            layer.synchronized = True


def _number(value: Any) -> float:
    return float(np.asarray(keras.ops.convert_to_numpy(value)))


def _one_ahead(batches: AugmentedBatches) -> Iterator[Batch]:
    """The batches in order; the next is made while the machines compute."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(batches.__getitem__, 0)
        for index in range(1, len(batches)):
            batch, coming = coming.result(), maker.submit(batches.__getitem__, index)
            yield batch
        yield coming.result()
