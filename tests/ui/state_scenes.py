"""A picture of every state that a person meets, each brought about as it comes about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from emotion_gui.controller.status import ModelState, Phase, SourceState
from emotion_gui.core.source_spec import CAMERA, DEMO, FILE, IMAGES, SourceSpec
from emotion_gui.ui.situation import Sight, Situation, of_line, of_picture, of_session
from tests.builders import CONSENT
from tests.ui.film_set import PatientStore, dark, portrait, three, wall
from tests.ui.studio import Studio

_CAMERA = SourceSpec(CAMERA, "0")
_CANDIDATE = "Ada Lovelace"
_WALLS = 3


def take_states(studio: Studio) -> None:
    """Take all of them."""
    for scene in (_beginnings, _session, _candidates, _missing, _file_troubles, _exports):
        scene(studio)


def _see(studio: Studio, situation: Situation, of: Callable[[Sight], Situation | None] = of_picture) -> None:
    """Wait for a situation and take its picture, named after it."""
    studio.wait(lambda: of(Sight.of(studio.controller)) is situation)
    if of is of_picture:
        # What is told is steadier than what is.
        studio.wait(lambda: True, rest_ms=1100)
    studio.take(situation.value.replace(",", "").replace(" ", "-"))


def _beginnings(studio: Studio) -> None:
    controller, film_set = studio.controller, studio.film_set
    _see(studio, Situation.NO_SOURCE)
    film_set.opens.clear()
    studio.play(SourceSpec(DEMO))
    _see(studio, Situation.OPENING)
    film_set.opens.set()
    studio.wait(studio.is_playing)
    _see(studio, Situation.NO_MODEL)
    film_set.loads.clear()
    controller.load_model(None)
    _see(studio, Situation.LOADING_MODEL)
    film_set.loads.set()
    studio.wait(lambda: controller.model.state is ModelState.READY)
    studio.play(_CAMERA)
    _see(studio, Situation.SOURCE_OFF)


def _start(studio: Studio) -> None:
    studio.controller.start(_CANDIDATE, "", consent=replace(CONSENT, keeps_video=True))
    studio.window.session_panel.refresh()


def _stop(studio: Studio) -> None:
    studio.controller.stop()
    studio.wait(lambda: of_session(Sight.of(studio.controller)) is Situation.SAVED)


def _run_for(studio: Studio, seconds: float) -> None:
    session = studio.controller.session
    studio.wait(lambda: session is not None and session.time_s >= seconds)


def _session(studio: Studio) -> None:
    controller, film_set = studio.controller, studio.film_set
    film_set.scene = portrait(film_set.pictures)
    _start(studio)
    _run_for(studio, 12)
    _see(studio, Situation.ONE_FACE, of_line)
    controller.evidence.film(True)
    _run_for(studio, 16)
    studio.take("recording")
    controller.pause()
    _see(studio, Situation.PAUSED)
    controller.resume()
    controller.evidence.film(False)
    film_set.scene = dark(portrait(film_set.pictures))
    _see(studio, Situation.NOT_USABLE)
    film_set.scene = portrait(film_set.pictures)
    _see(studio, Situation.ONE_FACE)
    film_set.plugged = False
    _see(studio, Situation.LOST)
    film_set.plugged = True
    studio.wait(studio.is_playing)
    PatientStore.takes.clear()
    controller.stop()
    _see(studio, Situation.SAVING, of_session)
    PatientStore.takes.set()
    _see(studio, Situation.SAVED, of_session)


def _candidates(studio: Studio) -> None:
    film_set = studio.film_set
    film_set.scene = wall
    _start(studio)
    _see(studio, Situation.NO_FACE)
    film_set.scene = three(film_set.pictures)
    _see(studio, Situation.CANDIDATE_AMONG_OTHERS)
    _run_for(studio, 8)
    studio.take("several-faces")
    film_set.scene = wall
    _see(studio, Situation.UNSEEN)
    _stop(studio)


def _missing(studio: Studio) -> None:
    film_set = studio.film_set
    film_set.plugged = False
    _start(studio)
    _see(studio, Situation.NO_CAMERA)
    studio.controller.stop()
    film_set.plugged = True


def _file_troubles(studio: Studio) -> None:
    no_video = studio.data / "notes.mp4"
    no_video.write_text("Not a video.", encoding="utf-8")
    studio.play(SourceSpec(FILE, str(no_video)))
    studio.wait(lambda: studio.controller.source.state is SourceState.FAILED)
    _see(studio, Situation.NO_PICTURE)
    walls = studio.data / "interview"
    walls.mkdir()
    for number in range(_WALLS):
        Image.fromarray(wall(number)[..., ::-1]).save(walls / f"{number}.png")
    studio.play(SourceSpec(IMAGES, str(walls)))
    _see(studio, Situation.PREVIEW)
    _start(studio)
    studio.wait(lambda: studio.controller.phase is Phase.IDLE)
    _see(studio, Situation.ENDED)


def _exports(studio: Studio) -> None:
    banner, desk = studio.window.banner, studio.data / "Reports"
    desk.mkdir()
    studio.play(SourceSpec(DEMO))
    studio.wait(lambda: studio.controller.faces)
    studio.controller.start(_CANDIDATE, "")
    _run_for(studio, 9)
    _stop(studio)
    _export(studio, desk / "Ada Lovelace.pdf")
    studio.wait(banner.winfo_viewable, rest_ms=250)
    studio.take("exporting")
    studio.wait(lambda: banner.offers)
    studio.take("exported")
    banner.dismiss()
    # A file where a folder should be: nothing can be written there on any system.
    _export(studio, desk / "Ada Lovelace.pdf" / "Ada Lovelace.pdf")
    studio.wait(lambda: banner.offers)
    studio.take("error")
    banner.dismiss()


def _export(studio: Studio, path: Path) -> None:
    studio.dialogs.file = path
    studio.window.export_one("pdf")
