"""Runs the benchmarks and prints what they found, as a table or as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from emotion_gui.bench.machine import describe_machine
from emotion_gui.bench.program import program
from emotion_gui.bench.table import BENCHMARKS, Figure, SkippedError
from emotion_gui.core.errors import AppError

_LIMIT_S = 1800
_DIGITS = 3


@dataclass
class Findings:
    """What the benchmarks found.

    Attributes:
        figures: Value by benchmark and figure.
        skipped: Why a benchmark was left out, by benchmark.
    """

    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON types: the machine, one entry per benchmark that ran, and why others were left out."""
        rounded = {
            name: {key: round(value, _DIGITS) for key, value in values.items()} for name, values in self.figures.items()
        }
        return {"machine": describe_machine(), **rounded, "skipped": self.skipped}


def run(*, quick: bool, as_json: bool, only: str | None = None) -> int:
    """Measure and print.

    Args:
        quick: Fewer rounds.
        as_json: Print JSON in place of the table.
        only: Key of the one benchmark to run, in this process; None for all, each in a process of its own.

    Returns:
        The exit code, 0.
    """
    findings = Findings()
    if only:
        _measure(only, findings, quick=quick)
    else:
        for name in BENCHMARKS:
            print(f"Measuring: {BENCHMARKS[name].title} ...", file=sys.stderr, flush=True)
            _measure_apart(name, findings, quick=quick)
    print(json.dumps(findings.to_dict(), indent=2) if as_json else table(findings))
    return 0


def run_detectors(photos: Path, no_people: Collection[str], *, as_json: bool) -> int:
    """Compare the face detectors on photos and print what they found; see `compare_detectors`."""
    from emotion_gui.bench.detectors import compare_detectors, detector_table

    results = compare_detectors(photos, no_people)
    rows = {"machine": describe_machine(), "detectors": [asdict(result) for result in results]}
    print(json.dumps(rows, indent=2) if as_json else detector_table(results))
    return 0


def run_crop_fit(faces: Path, *, as_json: bool) -> int:
    """Measure how training faces are framed and print it; see `fit_crop`."""
    from emotion_gui.bench.crop_fit import fit_crop

    fit = fit_crop(faces)
    print(json.dumps({"crop": asdict(fit)}, indent=2) if as_json else fit)
    return 0


def _measure(name: str, findings: Findings, *, quick: bool) -> None:
    """Run one benchmark in this process."""
    module, _, function = BENCHMARKS[name].function.partition(":")
    try:
        findings.figures[name] = getattr(import_module(f"{__package__}.{module}"), function)(quick=quick)
    except (SkippedError, AppError) as error:
        findings.skipped[name] = str(error)


def _measure_apart(name: str, findings: Findings, *, quick: bool) -> None:
    """Run one benchmark in a fresh process: what one loads must not show in another's memory or speed."""
    command = [*program(), "bench", "--only", name, "--json", *(["--quick"] if quick else [])]
    try:
        child = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_LIMIT_S)
        found: Mapping[str, Any] = json.loads(child.stdout)
    except subprocess.CalledProcessError as error:
        findings.skipped[name] = f"It ended with an error: {error.stderr.strip().splitlines()[-1:]}"
    except (subprocess.TimeoutExpired, ValueError) as error:
        findings.skipped[name] = f"It gave no result ({type(error).__name__})."
    else:
        findings.skipped.update(found["skipped"])
        if name in found:
            findings.figures[name] = found[name]


def table(findings: Findings) -> str:
    """The findings for reading."""
    lines = [f"{name}: {value}" for name, value in describe_machine().items()]
    for name, benchmark in BENCHMARKS.items():
        values = findings.figures.get(name, {})
        if name in findings.skipped:
            lines += ["", benchmark.title, f"  left out: {findings.skipped[name]}"]
        elif values:
            lines += ["", benchmark.title, *(_line(figure, values[figure.key]) for figure in benchmark.figures)]
    return "\n".join(lines)


def _line(figure: Figure, value: float) -> str:
    number = f"{value:,.0f}" if figure.unit in {"", "MB"} else f"{value:.1f}"
    return f"  {figure.label:<52} {number:>9} {figure.unit:<4} {_goal(figure, value)}".rstrip()


def _goal(figure: Figure, value: float) -> str:
    reached = figure.reached(value)
    if reached is None:
        return ""
    wanted = f"at least {figure.least:g}" if figure.least is not None else f"under {figure.most:g}"
    return f"{'reached' if reached else 'MISSED'}: {wanted}"
