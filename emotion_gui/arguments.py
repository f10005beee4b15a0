"""What can be typed after `emotion-gui`; nothing heavy is imported, so that help comes at once."""

from __future__ import annotations

import argparse
import math
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emotion_gui import __version__
from emotion_gui.bench.table import BENCHMARKS
from emotion_gui.core.candidate_wish import CandidateWish
from emotion_gui.core.consent import Purpose
from emotion_gui.core.errors import SourceError
from emotion_gui.core.rule_presets import RULE_PRESETS
from emotion_gui.core.settings import option_fields, option_of
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.export import EXPORTERS

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]

AUTO_SOURCE = "auto"
SELF_TEST = "self-test"
# Names without blanks need no quotes.
PRESETS = {name.lower().replace(" ", "-"): name for name in RULE_PRESETS}

_DESCRIPTION = """Names the expression of every face before the camera, live, and keeps the session of one candidate.
Everything stays on this machine. A face shows an expression, not a feeling."""
_EXAMPLES = """examples:
  emotion-gui                                 open the window
  emotion-gui demo                            play a session on the built-in clip
  emotion-gui demo --headless --out demo      the same without a window
  emotion-gui analyze talk.mp4 --out reports  write talk.csv, talk.html and more into reports/
  emotion-gui analyze talks --out reports --fps 10 --resume
                                              all videos in talks/, and go on where an earlier run was stopped
  emotion-gui web                             serve the pages for a browser
  emotion-gui gradio                          try it out in a browser; nothing is kept
  emotion-gui bench --quick                   measure how fast this machine is

'emotion-gui COMMAND --help' tells more about a command.
exit codes: 0 done, 1 failed or some recordings failed (stderr says why), 2 wrong usage, 130 stopped by Ctrl-C"""
_REPORTS = "\n".join(f"  {'DIR/STEM' + exporter.suffix:<22}{exporter.label}" for exporter in EXPORTERS.values())
_ANALYZE = f"""Analyses recordings without a window, as fast as the machine goes. Of each it writes these reports:
{_REPORTS}
and keeps its session, as the window does, unless --no-store says otherwise. The reports' paths are printed, one a
line; a table at the end says what became of each recording, and one that cannot be read stops no other.

A folder stands for the videos in it and below; one without videos is a recording made of images. The thresholds are
those set in the window, unless --preset names others."""
_ANALYZE_EXAMPLES = """examples:
  emotion-gui analyze talk.mp4 --out reports --name ANNA
  emotion-gui analyze "talks/**/*.mp4" --out reports --fps 10 --jobs 4
  emotion-gui analyze talks --out reports --fps 10 --resume       go on after a stop, a crash or a power cut
  emotion-gui analyze pair.mp4 --out reports --candidate left --start 1:30 --end 1:02:00

exit codes: 0 all done, 1 some failed, 2 wrong usage, 130 stopped by Ctrl-C"""
_WEB = """Serves pages for a browser on this machine: the camera or the demo live, photos and videos to be looked at
once, past sessions with their reports. Nobody else can connect, unless --host and --token are given together. The
connection is not encrypted: put a server that speaks TLS before it where others share the network."""
_WEB_PORT = 8765
_GRADIO = """Serves one page for a browser on this machine: the browser's own camera, photos and videos, with thresholds
to try out. Nothing is kept, nobody else can connect, and nothing is fetched from the internet."""
_GRADIO_PORT = 7860
_SHORTEST_TOKEN = 16
_SOURCE_HELP = (
    "what to watch: auto (a camera, or the demo clip where there is none), demo, camera:NUMBER, file:PATH, "
    "images:PATH or stream:ADDRESS; without it, what was watched last"
)


class _Parser(argparse.ArgumentParser):
    """Takes 'track 3' for one value, with and without quotes."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        for at in range(len(words) - 2):
            if words[at : at + 2] == ["--candidate", "track"] and words[at + 2].isdecimal():
                words[at + 1 : at + 3] = [f"track {words[at + 2]}"]
                break
        return super().parse_known_args(words, namespace)


def parser() -> argparse.ArgumentParser:
    """The parser; what it returns has `command` and that command's own values."""
    result = _Parser(
        prog="emotion-gui",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _add_debug(result, default=False)
    result.add_argument(
        "--self-test",
        action="store_const",
        dest="command",
        const=SELF_TEST,
        help="try every part of this installation once, a line for each",
    )
    result.set_defaults(command="gui", source=None)
    commands = result.add_subparsers(title="commands", metavar="COMMAND")
    _add_gui(commands)
    _add_demo(commands)
    _add_analyze(commands)
    _add_web(commands)
    _add_gradio(commands)
    _add_bench(commands)
    return result


def _command(
    commands: _Commands, name: str, summary: str, *, description: str = "", epilog: str = ""
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=summary,
        description=description or f"{summary.capitalize()}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(command=name)
    return command


def _add_gui(commands: _Commands) -> None:
    gui = _command(commands, "gui", "open the window (this is also what happens without a command)")
    gui.add_argument("--source", type=_source, metavar="SOURCE", help=_SOURCE_HELP)
    # Without a default, so that one before the command stands.
    _add_debug(gui, default=argparse.SUPPRESS)


def _add_demo(commands: _Commands) -> None:
    demo = _command(commands, "demo", "play a session on the built-in clip")
    demo.add_argument("--headless", action="store_true", help="without a window; needs --out")
    _add_output(demo, required=False)
    _add_debug(demo, default=argparse.SUPPRESS)


def _add_debug(command: argparse.ArgumentParser, *, default: bool | str) -> None:
    text = "log everything, and print the log to stderr too"
    command.add_argument("--debug", action="store_true", default=default, help=text)


def _add_analyze(commands: _Commands) -> None:
    analyze = _command(
        commands,
        "analyze",
        "analyse recordings and write their reports",
        description=_ANALYZE,
        epilog=_ANALYZE_EXAMPLES,
    )
    analyze.add_argument(
        "recordings",
        nargs="+",
        metavar="RECORDING",
        help="a video, an image, a folder of either, or a pattern in quotes: 'talks/**/*.mp4'",
    )
    _add_output(analyze, required=True)
    analyze.add_argument(
        "--formats", nargs="+", choices=tuple(EXPORTERS), help="write these reports only; all of them without it"
    )
    analyze.add_argument("--no-store", action="store_true", help="write reports only; keep no session")
    analyze.add_argument(
        "--resume",
        action="store_true",
        help="skip what an earlier run with the same settings has done (by the recordings' content), and go on in the "
        "middle where it was cut off",
    )
    analyze.add_argument(
        "--jobs", type=_count, metavar="N", help="recordings analysed at once; as many as there are cores without it"
    )
    analyze.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="let the workers of this Dask scheduler do it: tcp://HOST:8786; a RECORDING is then a path that all of "
        "them have, or an address such as s3://bucket/talks/*.mp4",
    )
    analyze.add_argument(
        "--part", type=_seconds, metavar="TIME", help="with --scheduler: divide what is longer; 10:00 without it"
    )
    _add_selection(analyze)
    analyze.add_argument("--detector", choices=_detectors(), help="what finds the faces; as set in the window")
    analyze.add_argument("--model", type=Path, metavar="PATH", help="another model file: .keras, .h5 or .tflite")
    analyze.add_argument("--preset", choices=tuple(PRESETS), help="thresholds to judge by; as set in the window")
    _add_consent(analyze)


def _add_selection(analyze: argparse.ArgumentParser) -> None:
    part = analyze.add_argument_group("what is analysed, and whose face")
    rates = part.add_mutually_exclusive_group()
    rates.add_argument("--every", type=_count, default=1, metavar="N", help="one of N pictures; every one without it")
    rates.add_argument("--fps", type=_rate, metavar="N", help="results for one second of a recording at most")
    part.add_argument("--start", type=_seconds, default=0.0, metavar="TIME", help="from there on: 90, 1:30 or 0:01:30")
    part.add_argument("--end", type=_seconds, default=math.inf, metavar="TIME", help="up to there")
    part.add_argument(
        "--candidate",
        type=_wish,
        metavar="largest|left|track N",
        help="whose face counts: the largest one (as in the window), the one furthest left, or the person with this "
        "number in the column 'track' of an analysis without it",
    )
    part.add_argument("--name", default="", metavar="NAME", help="the candidate's name or code in the reports")


def _add_consent(analyze: argparse.ArgumentParser) -> None:
    consent = analyze.add_argument_group("what it is for, and who agreed")
    consent.add_argument(
        "--purpose",
        choices=tuple(purpose.value for purpose in Purpose),
        default=Purpose.PRACTICE.value,
        help="what the analysis is for; practice without it",
    )
    consent.add_argument(
        "--consent-given",
        action="store_true",
        help="confirm that the people in the recordings agreed; without it, the record says that nobody was asked",
    )
    consent.add_argument(
        "--recruitment-notice-read",
        action="store_true",
        help="confirm that the notice, which --purpose recruitment prints, was read; it needs --consent-given too",
    )


def _add_output(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument("--out", type=Path, required=required, metavar="DIR", help="folder for the reports")
    command.add_argument("--overwrite", action="store_true", help="replace reports that are already there")
    command.add_argument("--quiet", action="store_true", help="print the paths only")


def _add_web(commands: _Commands) -> None:
    web = _command(
        commands, "web", "serve the live picture, photos, videos and past sessions to a browser", description=_WEB
    )
    web.add_argument(
        "--port", type=_port, default=_WEB_PORT, metavar="N", help=f"port to listen at; {_WEB_PORT} without it"
    )
    web.add_argument("--host", metavar="ADDRESS", help="let other machines in by this address; needs --token")
    web.add_argument(
        "--token",
        type=_token,
        metavar="TEXT",
        help=f"what every browser is asked for once; {_SHORTEST_TOKEN} characters or more, best at random",
    )


def _add_gradio(commands: _Commands) -> None:
    gradio = _command(
        commands, "gradio", "try camera, photos, videos and thresholds out in a browser", description=_GRADIO
    )
    gradio.add_argument(
        "--port", type=_port, default=_GRADIO_PORT, metavar="N", help=f"port to listen at; {_GRADIO_PORT} without it"
    )


def _add_bench(commands: _Commands) -> None:
    bench = _command(
        commands,
        "bench",
        "measure how fast this machine is",
        description="Measures this machine; a full run takes some minutes.",
    )
    bench.add_argument("--quick", action="store_true", help="fewer rounds: under a minute, less exact")
    bench.add_argument("--json", action="store_true", help="print JSON in place of the table")
    kinds = bench.add_mutually_exclusive_group()
    kinds.add_argument("--only", choices=tuple(BENCHMARKS), help="one of them alone, in this process")
    kinds.add_argument("--photos", type=Path, metavar="DIR", help="compare the face detectors on these photos instead")
    kinds.add_argument("--crop", type=Path, metavar="DIR", help="measure how training faces in DIR are framed instead")
    kinds.add_argument("--footage", type=Path, metavar="DIR", help="compare models on these clips and photos instead")
    kinds.add_argument(
        "--quality", type=Path, metavar="DIR", help="see which faces of these clips and photos are refused, as spoiled"
    )
    kinds.add_argument(
        "--people", type=Path, metavar="DIR", help="count who is taken for whom in these clips and photos instead"
    )
    kinds.add_argument(
        "--loop", type=Path, metavar="FILE", help="see how fast analyze goes through this clip, looped to an hour"
    )
    bench.add_argument("--no-people", nargs="+", default=(), metavar="NAME", help="photos of --photos that show nobody")
    bench.add_argument(
        "--who",
        type=Path,
        metavar="FILE",
        help="with --people: who is where in the clips, a CSV file with the columns file, person, time_s, x, y (the "
        "middle of the face, 0 to 1); DIR/people.csv without it",
    )
    _add_footage(bench)


def _add_footage(bench: argparse.ArgumentParser) -> None:
    footage = bench.add_argument_group("with --footage (--expected with --quality too)")
    footage.add_argument(
        "--expected",
        type=Path,
        metavar="FILE",
        help="what is seen in it, a CSV file with the columns file, from_s, to_s, expected (expressions separated by "
        "'|', or nobody), x, y (a point on the face, 0 to 1); DIR/expected.csv without it",
    )
    footage.add_argument(
        "--model", type=Path, nargs="+", default=(), metavar="PATH", help="model files; all that came with the program"
    )
    footage.add_argument("--variations", action="store_true", help="also with another crop, tilted, dim and noisy")


def _detectors() -> tuple[str, ...]:
    fields = {entry.name: entry for entry in option_fields()}
    return tuple(option_of(fields["detector"]).choices)


def _source(text: str) -> SourceSpec | str:
    """`AUTO_SOURCE`, or the source that was named."""
    if text == AUTO_SOURCE:
        return text
    try:
        return SourceSpec.parse(text)
    except SourceError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port from 0 to 65535")
    return int(text)


def _token(text: str) -> str:
    if len(text) < _SHORTEST_TOKEN:
        raise argparse.ArgumentTypeError(f"it needs {_SHORTEST_TOKEN} characters or more, so that nobody guesses it")
    return text


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate < math.inf:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number above 0")
    return rate


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    """Seconds of '90', '1:30', '0:01:30.5'."""
    if not re.fullmatch(r"([0-9]{1,4}:){0,2}[0-9]{1,6}(\.[0-9]{1,6})?", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a time such as 90, 1:30 or 0:01:30")
    seconds = 0.0
    for part in text.split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def _wish(text: str) -> CandidateWish:
    try:
        return CandidateWish.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not largest, left or track N; a name or code goes to --name"
        ) from error
