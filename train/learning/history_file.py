"""The history of a run as a table."""

from __future__ import annotations

import csv
from pathlib import Path

from emotion_gui.core.atomic_file import atomic_path
from train.learning.checkpoints import History

HISTORY_FILE = "history.csv"


def write_history(history: History, run_folder: Path) -> None:
    """Write `HISTORY_FILE`, one row per epoch.

    Anew each time, where keras.callbacks.CSVLogger appends: an epoch that an interruption undid leaves no row.

    Raises:
        OSError: The folder cannot be written.
    """
    # A run that goes on with another version may record more than it did.
    columns = list(dict.fromkeys(key for record in history for key in record))
    with (
        atomic_path(run_folder / HISTORY_FILE) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(history)
