"""The benchmarks and their figures: one table, so that the report, the JSON and the help agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class SkippedError(Exception):
    """A benchmark cannot run on this machine; the text says why, one sentence."""


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Attributes:
        key: Its name in the JSON.
        label: What it is.
        unit: 'ms', 's', 'MB', '1/s', or 'x' for a ratio.
        least: What it should reach, where more is better; None where no such goal is set.
        most: What it should stay under, where less is better; None where no such goal is set.
    """

    key: str
    label: str
    unit: str
    least: float | None = None
    most: float | None = None

    def reached(self, value: float) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.least is not None:
            return value >= self.least
        return None if self.most is None else value <= self.most


@dataclass(frozen=True)
class Benchmark:
    """What is measured together, in a process of its own.

    Attributes:
        title: Its heading.
        function: 'module:function' within this package; the function takes `quick` and returns a value by key.
        figures: What it returns.
    """

    title: str
    function: str
    figures: tuple[Figure, ...]


# Named as strings, so that a benchmark loads in the process that runs it and nowhere else.
BENCHMARKS: Mapping[str, Benchmark] = {
    "frame": Benchmark(
        "One 640x480 frame with one face, found and named",
        "frame_bench:measure",
        (
            Figure("ours_ms", "This program", "ms"),
            Figure("seed_ms", "Haar 1.3/5 and Keras predict", "ms"),
            Figure("ratio", "Times faster", "x", least=15),
        ),
    ),
    "live": Benchmark(
        "The window, 640x480 at 30 a second, one face, a session running, charts redrawn",
        "live_bench:measure",
        (
            Figure("shown_fps", "Pictures shown", "1/s", least=29),
            Figure("results_per_s", "Faces named", "1/s", least=15),
            Figure("delay_ms", "From picture to its label on the screen, median", "ms", most=80),
            Figure("result_delay_ms", "From picture to its result, median", "ms"),
            Figure("chart_redraws_per_s", "Charts redrawn", "1/s"),
            Figure("tk_gap_p99_ms", "Longest gap of the window's loop, 99th percentile", "ms", most=50),
        ),
    ),
    "start": Benchmark(
        "From the command to the window, on the demo clip",
        "startup_bench:measure",
        (
            Figure("window_s", "Window visible", "s", most=1.5),
            Figure("first_label_s", "First face named", "s", most=4),
        ),
    ),
    "memory": Benchmark(
        "Memory of a session, every result stored and the charts redrawn",
        "memory_bench:measure",
        (
            Figure("frames", "Frames", ""),
            Figure("start_mb", "After the first frames", "MB"),
            Figure("end_mb", "After the last", "MB"),
        ),
    ),
    "recordings": Benchmark(
        "analyze: a clip looped, 10 results a second (fer 25.10, Video.analyze by Haar: 0.8 to 1.3 times real time)",
        "recording_bench:measure",
        (
            Figure("width_px", "Width of its pictures in pixels", ""),
            Figure("height_px", "Their height", ""),
            Figure("video_s", "Length of the recording", "s"),
            Figure("results", "Results", ""),
            Figure("times", "Times real time", "x", least=8),
            Figure("reports_s", "Then all reports and the session in the store", "s"),
            Figure("first_times", "Times real time in the first tenth", "x"),
            Figure("last_times", "Times real time in the last tenth", "x"),
            Figure("cpu_ms", "Processor time for a second of video", "ms", most=250),
            Figure("flat", "That in the first tenth against the last", "x", least=0.9),
            Figure("start_mb", "Memory after the first minute", "MB"),
            Figure("end_mb", "Memory at the end", "MB"),
        ),
    ),
    "cluster": Benchmark(
        "analyze --scheduler: one worker of one core, then two on this machine, as much video for each",
        "cluster_bench:measure",
        (
            Figure("each_s", "Video for each worker, 640x480, 10 results a second", "s"),
            Figure("one_times", "Times real time, one worker", "x"),
            Figure("two_times", "Times real time, two workers together", "x"),
            Figure("gain", "Two over one", "x"),
        ),
    ),
    "web": Benchmark(
        "Eight browsers at once on the live page, the demo clip",
        "web_bench:measure_viewers",
        (
            Figure("slowest_fps", "Pictures for the slowest of them", "1/s", least=10),
            Figure("mean_fps", "Pictures for each, mean", "1/s"),
        ),
    ),
    "uploads": Benchmark(
        "Photos uploaded in a row to the pages for a browser",
        "web_bench:measure_uploads",
        (
            Figure("uploads", "Photos", ""),
            Figure("per_s", "Answered", "1/s"),
            Figure("start_mb", "Memory of all processes after the first photos", "MB"),
            Figure("end_mb", "After the last", "MB"),
            Figure("growth", "The last over the first", "x", most=1.1),
        ),
    ),
}
