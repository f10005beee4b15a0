"""What the program remembers by itself from one day to the next."""

from __future__ import annotations

from pathlib import Path

from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.settings_file import load_settings
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.controller.conftest import Bench

_INSIDE, _DESK = "Integrated Webcam", "Desk Camera"


def _look(bench: Bench, *cameras: CameraInfo) -> None:
    bench.cameras = cameras
    found: list[object] = []
    bench.controller.list_cameras(found.append)
    bench.poll_until(lambda: found, "the cameras")


def _saved(bench: Bench) -> Settings:
    return load_settings(bench.settings_path)[0]


def test_a_camera_that_is_counted_anew_is_found_by_its_name(bench: Bench) -> None:
    _look(bench, CameraInfo(0, _INSIDE), CameraInfo(1, _DESK))
    controller = bench.controller
    controller.open_source(SourceSpec("camera", "1"))
    assert controller.settings.camera_name == _DESK
    _look(bench, CameraInfo(0, _DESK), CameraInfo(1, _INSIDE))
    assert controller.source.spec == SourceSpec("camera", "0")
    assert (controller.settings.source, controller.settings.camera_name) == ("camera:0", _DESK)
    # Nobody has agreed to anything: choosing is not opening.
    assert not bench.opened


def test_its_name_outlives_days_without_it(bench: Bench) -> None:
    controller = bench.controller
    controller.remember(source="camera:1", camera_name=_DESK)
    controller.open_source(SourceSpec("camera", "1"))
    _look(bench, CameraInfo(0, _INSIDE))
    assert controller.settings.camera_name == _DESK
    _look(bench, CameraInfo(0, _INSIDE), CameraInfo(4, _DESK))
    assert controller.source.spec == SourceSpec("camera", "4")


def test_of_two_that_look_the_same_none_is_taken_for_the_other(bench: Bench) -> None:
    controller = bench.controller
    controller.remember(source="camera:1", camera_name=_DESK)
    controller.open_source(SourceSpec("camera", "1"))
    _look(bench, CameraInfo(2, _DESK), CameraInfo(3, _DESK))
    assert controller.source.spec == SourceSpec("camera", "1")


def test_a_name_that_comes_later_is_learned_and_another_source_keeps_it(bench: Bench) -> None:
    controller = bench.controller
    controller.open_source(SourceSpec("camera", "0"))
    assert controller.settings.camera_name == ""
    _look(bench, CameraInfo(0, _INSIDE))
    assert controller.settings.camera_name == _INSIDE
    controller.open_source(SourceSpec("demo"))
    assert controller.settings.camera_name == _INSIDE


def test_a_running_session_keeps_its_camera(bench: Bench) -> None:
    controller = bench.ready("camera:1")
    controller.remember(camera_name=_DESK)
    bench.begin()
    _look(bench, CameraInfo(0, _DESK))
    assert controller.source.spec == SourceSpec("camera", "1")
    controller.stop()


def test_what_is_remembered_is_on_the_disk_after_the_end(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.controller.remember(window="1200x700+10+20 maximised")
    bench.controller.remember(export_folder=str(tmp_path))
    bench.close()
    saved = _saved(bench)
    assert (saved.window, saved.export_folder) == ("1200x700+10+20 maximised", str(tmp_path))
