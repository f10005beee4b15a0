"""By what an analysis is known again: the recording's content and everything that its result depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from emotion_gui import __version__
from emotion_gui.batch.engine import ModelName
from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.core import source_spec
from emotion_gui.core.errors import SourceError
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.settings import GENERAL, PICTURE, RECORDS, option_fields, option_of
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.sources.demo import DEMO_CLIP
from emotion_gui.vision.sources.images import images_at


def fingerprint(recording: Recording, content: str, plan: BatchPlan, model: ModelName) -> str:
    """64 hexadecimal digits that change with the content, the settings, the model, the program and what is recorded.

    Which reports are written and where does not count. `content` is what `content_hash` gave.
    """
    told = {
        "version": __version__,
        "content": content,
        "title": recording.source.recorded_title,
        "model": model.sha256,
        # How the window looks and speaks, and how long sessions are kept, leaves a recording's result as it is.
        "settings": {
            entry.name: getattr(plan.settings, entry.name)
            for entry in option_fields()
            if option_of(entry).group not in {PICTURE, RECORDS, GENERAL}
        },
        "selection": asdict(plan.selection),
        "wish": str(plan.wish),
        "name": recording.name or plan.name,
        "purpose": plan.purpose.value,
        # The moment at which the command was typed is left out.
        "consent": plan.consent
        and [plan.consent.asked_of.value, plan.consent.text_version, plan.consent.notice_version],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def content_hash(source: SourceSpec) -> str:
    """SHA-256 over a file, or over the names and contents of a folder's images.

    Raises:
        SourceError: It cannot be read.
    """
    path = assets_folder() / DEMO_CLIP if source.kind == source_spec.DEMO else Path(source.address)
    try:
        if not path.is_dir():
            return _file_hash(path)
        listed = [(image.name, _file_hash(image)) for image in images_at(path)]
    except OSError as error:
        raise SourceError(f"'{path.name}' cannot be read.", "Check that you may open it.") from error
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
