"""The command line: reads what was asked for, then imports the front end that does it."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from multiprocessing import freeze_support
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from emotion_gui.arguments import AUTO_SOURCE, PRESETS, SELF_TEST, parser
from emotion_gui.core import source_spec
from emotion_gui.core.consent import Purpose
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import SourceSpec

if TYPE_CHECKING:
    from emotion_gui.batch.plan import BatchPlan


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What was typed after the program's name; None for this process's own arguments.

    Returns:
        The exit code: 0 done, 1 failed or partly failed, 130 stopped by Ctrl-C.

    Raises:
        SystemExit: With 0 after help was asked for, with 2 after wrong usage.
    """
    _give_streams()
    _give_locale()
    options = parser().parse_args(arguments)
    try:
        if options.debug:
            _log_everything()
        code = _COMMANDS[options.command](options)
        sys.stdout.flush()
    except AppError as error:
        print(f"emotion-gui: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("emotion-gui: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has left, as `| head` does; Python would complain again when it flushes at exit.
        sys.stdout = _no_stream()
        return 1
    except Exception:  # noqa: BLE001 - the outermost boundary: the traceback goes into the log, the user gets a sentence
        print(f"emotion-gui: Something unexpected happened. {_log_error()}", file=sys.stderr)
        return 1
    return code


def _log_everything() -> None:
    from emotion_gui.core.log_file import start_log

    start_log(debug=True)


def _log_error() -> str:
    """Write the exception in hand into the log; returns a sentence that says where that is."""
    from emotion_gui.core.log_file import start_log

    try:
        path = start_log()
    except OSError as error:
        return f"The log cannot be written: {error}"
    logging.getLogger("emotion_gui").exception("unexpected error")
    return f"The log has the details: {path}"


def _give_streams() -> None:
    """A program without a console has no standard streams, and libraries print without asking."""
    sys.stdout = sys.stdout or _no_stream()
    sys.stderr = sys.stderr or _no_stream()


def _give_locale() -> None:
    """Where no locale is set, Tcl takes file names for Latin-1 from its import on, its own in a built program too.

    Python sets this variable for itself in the same way (PEP 538), but does not where it is built in.
    """
    if sys.platform == "linux" and not any(map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))):
        os.environ["LC_CTYPE"] = "C.UTF-8"


def _no_stream() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _gui(options: argparse.Namespace) -> int:
    from emotion_gui.app import run

    if options.source == AUTO_SOURCE:
        return run(find_camera=True)
    return run(options.source)


def _demo(options: argparse.Namespace) -> int:
    if not options.headless:
        from emotion_gui.app import run

        return run(SourceSpec(source_spec.DEMO), autostart=True)
    if options.out is None:
        parser().error("demo --headless needs --out DIR")
    from emotion_gui.batch.command import analyze, batch_settings
    from emotion_gui.batch.plan import BatchPlan, Recording
    from emotion_gui.core.paths import analyses_folder
    from emotion_gui.vision.classifiers import shipped_model

    plan = BatchPlan(
        batch_settings(None, None, everyone=None, quiet=options.quiet),
        shipped_model(),
        analyses_folder(),
        name="Demo",
        overwrite=options.overwrite,
    )
    return analyze([Recording(SourceSpec(source_spec.DEMO), options.out, "demo")], plan, quiet=options.quiet)


def _analyze(options: argparse.Namespace) -> int:
    from emotion_gui.batch.agreement import script_agreement
    from emotion_gui.batch.command import Hands, analyze
    from emotion_gui.batch.finding import find_far_recordings, find_recordings, is_address

    if options.start >= options.end:
        parser().error("--start must be before --end")
    if not options.scheduler and (options.part or any(map(is_address, options.recordings))):
        parser().error("addresses and --part need --scheduler; on this machine, name files")
    if options.scheduler and options.jobs:
        parser().error("--jobs is for this machine; a cluster works with all the workers that it has")
    purpose = Purpose(options.purpose)
    consent = script_agreement(
        purpose, consent_given=options.consent_given, notice_read=options.recruitment_notice_read
    )
    recordings = find_recordings(options.recordings, options.out)
    if options.scheduler:
        recordings += find_far_recordings(options.recordings, options.out)
    if not recordings:
        parser().error(f"no recording matches {' '.join(options.recordings)}")
    plan = replace(_plan(options), purpose=purpose, consent=consent)
    return analyze(recordings, plan, Hands(options.jobs, options.scheduler), quiet=options.quiet)


def _plan(options: argparse.Namespace) -> BatchPlan:
    """What `analyze` was asked for, but for purpose and consent."""
    from emotion_gui.batch.command import batch_settings
    from emotion_gui.batch.plan import BatchPlan
    from emotion_gui.core.candidate_wish import LARGEST
    from emotion_gui.core.paths import analyses_folder, user_data_folder
    from emotion_gui.export import EXPORTERS
    from emotion_gui.pipeline.selection import Selection
    from emotion_gui.vision.classifiers import shipped_model

    # Whoever says whose face counts does not want everyone's.
    everyone = None if options.candidate is None else False
    return BatchPlan(
        batch_settings(PRESETS.get(options.preset), options.detector, everyone=everyone, quiet=options.quiet),
        options.model or shipped_model(),
        analyses_folder(),
        None if options.no_store else user_data_folder(),
        Selection(options.every, options.fps, options.start, options.end),
        wish=options.candidate or LARGEST,
        name=options.name,
        formats=tuple(options.formats or EXPORTERS),
        overwrite=options.overwrite,
        resume=options.resume,
        part_s=options.part or BatchPlan.part_s,
    )


def _web(options: argparse.Namespace) -> int:
    if options.host and not options.token:
        parser().error("web --host needs --token: without one, everybody who reaches this machine could look on")
    from emotion_gui.web.command import WebRequest, run

    return run(WebRequest(options.host or "127.0.0.1", options.port, options.token or ""))


def _gradio(options: argparse.Namespace) -> int:
    from emotion_gui.gradio_app.command import run

    return run(options.port)


def _bench(options: argparse.Namespace) -> int:
    from emotion_gui.bench.report import run_crop_fit, run_detectors

    if options.photos:
        return run_detectors(options.photos, options.no_people, as_json=options.json)
    if options.crop:
        return run_crop_fit(options.crop, as_json=options.json)
    if options.people:
        from emotion_gui.bench.people_bench import run_people

        return run_people(options.people, options.who, quick=options.quick, as_json=options.json)
    if options.quality:
        from emotion_gui.bench.quality_bench import run_quality

        return run_quality(options.quality, options.expected, quick=options.quick, as_json=options.json)
    if options.footage:
        from emotion_gui.bench.footage_report import FootageRequest, run_footage

        request = FootageRequest(
            options.footage, options.expected, tuple(options.model), options.variations, options.quick
        )
        return run_footage(request, as_json=options.json)
    return _bench_speed(options)


def _bench_speed(options: argparse.Namespace) -> int:
    from emotion_gui.bench.report import run

    if options.loop:
        from emotion_gui.bench.recording_bench import run_loop

        return run_loop(options.loop, quick=options.quick, as_json=options.json)
    return run(quick=options.quick, as_json=options.json, only=options.only)


def _self_test(_: argparse.Namespace) -> int:
    from emotion_gui.self_test import run_self_test

    return run_self_test()


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "gui": _gui,
    "demo": _demo,
    "analyze": _analyze,
    "web": _web,
    "gradio": _gradio,
    "bench": _bench,
    SELF_TEST: _self_test,
}

if __name__ == "__main__":
    # A built program that tries a model out in a process of its own is started again as that process.
    freeze_support()
    sys.exit(main())
