"""The arguments by which several machines train one model, and their meeting."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from emotion_gui.core.errors import AppError

if TYPE_CHECKING:
    from train.learning.meeting import Meeting

# People start the same command by hand on one machine after the other.
_WAIT_S = 300.0


def add_machines(parser: argparse.ArgumentParser) -> None:
    """Which machines train together, and which of them this is."""
    parser.add_argument(
        "--workers",
        metavar="HOST:PORT,HOST:PORT",
        help="several machines train as one, in a network that you trust: give the same command on each; the first "
        "keeps the run's folder",
    )
    parser.add_argument("--worker-index", type=int, metavar="N", help="which of --workers this machine is, from 0")


@contextmanager
def joined(options: argparse.Namespace) -> Iterator[tuple[argparse.Namespace, Meeting | None]]:
    """Meet the other machines, where there are any.

    Args:
        options: With `workers`, `worker_index` and `run`.

    Yields:
        The options, whose `run` is a temporary copy of the first machine's run on the others, and the meeting; None
        for one machine.

    Raises:
        AppError: The machines are not named as needed, or one is missing.
    """
    if options.workers is None:
        if options.worker_index is not None:
            raise AppError("--worker-index says nothing without --workers.", "Give both, or neither.")
        yield options, None
        return
    if options.worker_index is None or options.run is None:
        raise AppError("--workers needs --worker-index and --run.", "Give all three.")
    from train.learning.cluster import Cluster
    from train.learning.meeting import Meeting
    from train.learning.run_state import pack_run, unpack_run

    cluster = Cluster.parse(options.workers, options.worker_index)
    with Meeting(cluster, _WAIT_S) as meeting, TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        print(f"Machine {cluster.index} of {len(cluster.addresses)} waits for the others ...", flush=True)
        if cluster.is_chief:
            meeting.share(pack_run(options.run))
            yield options, meeting
            return
        print(f"The run's folder is kept on the first machine, {cluster.addresses[0]}.", flush=True)
        unpack_run(meeting.share(b""), Path(temporary))
        yield argparse.Namespace(**vars(options) | {"run": Path(temporary)}), meeting
