"""What the program is made of: the model in use with its card, and the licences of what is bundled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from emotion_gui.controller.status import ModelStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.licences import Licence, installed_licences
from emotion_gui.core.paths import models_folder, notices_file
from emotion_gui.core.session import Provenance
from emotion_gui.export.content.model_excerpt import CardMatch, ModelExcerpt, model_excerpt
from emotion_gui.pipeline.tasks import TaskRunner


@dataclass(frozen=True)
class AboutFacts:
    """All that has to be read from files.

    Attributes:
        model: What the card says of the model in use.
        card_page: The card for people, `models/NAME.md`; None where there is none.
        notices: The notices that a built program carries; empty in a checkout.
        licences: Those of the installed libraries, where there are no notices.
    """

    model: ModelExcerpt
    card_page: Path | None
    notices: str
    licences: tuple[Licence, ...]


class About:
    """Reads the facts in the background.

    Args:
        tasks: Does the work.
        model: Tells the model in use.
    """

    def __init__(self, tasks: TaskRunner, model: Callable[[], ModelStatus]) -> None:
        self._tasks = tasks
        self._model = model

    def ask(self, done: Callable[[AboutFacts], None], failed: Callable[[AppError], None]) -> None:
        status = self._model()
        self._tasks.run(lambda: _facts(status), done, failed)


def _facts(status: ModelStatus) -> AboutFacts:
    excerpt = model_excerpt(Provenance("", status.name, status.sha256, "", ""))
    page = models_folder() / f"{excerpt.card.name}.md" if excerpt.card else None
    exact = excerpt.match is CardMatch.EXACT
    notices = notices_file()
    return AboutFacts(
        excerpt,
        page if page and exact and page.is_file() else None,
        notices.read_text(encoding="utf-8") if notices else "",
        () if notices else installed_licences(),
    )
