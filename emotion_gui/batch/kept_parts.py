"""Parts of a recording that a cluster goes on with while nobody waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from distributed import Client, Future

from emotion_gui.core.results import FrameResult

Parts = Sequence[Future[list[FrameResult]]]


class KeptParts:
    """Published under the analysis' fingerprint: else a scheduler drops what a client that died had asked for.

    They are in the workers' memory, and gone with the cluster.

    Args:
        client: Of the cluster.
        key: Fingerprint of the analysis.
    """

    def __init__(self, client: Client, key: str) -> None:
        self._client = client
        self._name = f"emotion-gui-{key}"

    def find(self) -> Parts | None:
        """Those of a run that was cut off; None where there are none, or not all came out well."""
        parts: Any = self._client.get_dataset(self._name, default=None)
        if parts is None or any(part.status in {"error", "cancelled", "lost"} for part in parts):
            return None
        found: Parts = parts
        return found

    def keep(self, parts: Parts) -> None:
        """Keep them until they are forgotten, in place of those kept before."""
        self._client.publish_dataset(list(parts), name=self._name, override=True)

    def forget(self) -> None:
        with suppress(KeyError):
            self._client.unpublish_dataset(self._name)
