"""The house itself: floors, what loads when, and the house numbers."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_CODE = sorted(path for folder in ("emotion_gui", "train", "assets") for path in (_ROOT / folder).rglob("*.py"))
_HEAVY = ("tkinter", "numpy", "cv2", "PIL", "matplotlib", "ai_edge_litert", "keras", "tensorflow")
_MAX_FILE_LINES = 400
_MAX_FUNCTION_LINES = 60

_FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=120)


def _heavy_after(statement: str) -> str:
    """Names of the heavy modules that a fresh interpreter holds after `statement`."""
    report = f"import sys; print(*[name for name in {_HEAVY} if name in sys.modules], file=sys.stderr)"
    run = _run(sys.executable, "-c", f"{statement}\n{report}")
    assert run.returncode == 0, run.stderr
    return run.stderr.strip()


def _core_modules() -> list[str]:
    return [f"emotion_gui.core.{path.stem}" for path in (_ROOT / "emotion_gui" / "core").glob("[a-z]*.py")]


def test_the_core_loads_no_heavy_library() -> None:
    modules = _core_modules()
    assert "emotion_gui.core.session" in modules
    assert _heavy_after(f"import {', '.join(modules)}") == ""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["analyze", "--help"], ["bench", "--help"]])
def test_asking_for_help_loads_no_heavy_library(arguments: list[str]) -> None:
    statement = f"import emotion_gui.__main__ as m\ntry: m.main({arguments})\nexcept SystemExit: pass"
    assert _heavy_after(statement) == ""


def test_the_floors_point_downward() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None
    run = _run(program, "--no-cache", "--no-logo")
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", _CODE, ids=lambda path: str(path.relative_to(_ROOT)))
def test_files_keep_the_house_numbers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= _MAX_FILE_LINES
    long = {name: lines for name, lines in _function_lengths(ast.parse(text)) if lines > _MAX_FUNCTION_LINES}
    assert not long


def _function_lengths(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, _FunctionNode):
            yield node.name, (node.end_lineno or 0) - _body_start(node) + 1


def _body_start(node: _FunctionNode) -> int:
    """First line of a function; the line after its docstring where it has one."""
    return node.lineno if ast.get_docstring(node) is None else (node.body[0].end_lineno or 0) + 1


def test_the_readme_has_a_line_for_every_room() -> None:
    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    tree = readme[readme.index("```\nemotion_gui/\n") : readme.index("### To add")]
    listed = {line.split()[0].rstrip("/") for line in tree.splitlines() if line.split() and line.split()[0][-1] == "/"}
    rooms = {path.parent.name for path in _CODE}
    assert sorted(rooms - listed) == []
    others = {path.name for top in ("emotion_gui", "train") for path in (_ROOT / top).rglob("*") if path.is_dir()}
    assert sorted(listed - rooms - others - {"emotion_gui", "train", "assets", "models", "tests"}) == []


@pytest.mark.parametrize("path", _CODE, ids=lambda path: str(path.relative_to(_ROOT)))
def test_every_file_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body


def test_the_length_check_sees_a_long_function() -> None:
    body = "\n".join(f"    x = {number}" for number in range(_MAX_FUNCTION_LINES))
    assert dict(_function_lengths(ast.parse(f"def long():\n{body}\n"))) == {"long": _MAX_FUNCTION_LINES + 1}
