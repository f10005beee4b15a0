"""What can be typed, and what is told where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.__main__ import main
from emotion_gui.arguments import AUTO_SOURCE, PRESETS, parser
from emotion_gui.core.rule_presets import RULE_PRESETS
from emotion_gui.core.source_spec import SourceSpec

_COMMANDS = ("gui", "demo", "analyze", "bench")


def test_without_a_command_the_window_opens() -> None:
    options = parser().parse_args([])
    assert options.command == "gui"
    assert options.source is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("auto", AUTO_SOURCE),
        ("demo", SourceSpec("demo")),
        ("camera:1", SourceSpec("camera", "1")),
        ("file:C:\\clips\\a.mp4", SourceSpec("file", "C:\\clips\\a.mp4")),
        ("stream:http://host/feed", SourceSpec("stream", "http://host/feed")),
    ],
)
def test_a_source_can_be_named(text: str, expected: object) -> None:
    assert parser().parse_args(["gui", "--source", text]).source == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["gui"], False),
        (["--debug"], True),
        (["--debug", "gui"], True),
        (["gui", "--debug"], True),
        (["demo", "--debug"], True),
        (["--debug", "demo"], True),
    ],
)
def test_debug_stands_before_or_after_the_command(arguments: list[str], expected: bool) -> None:
    assert parser().parse_args(arguments).debug is expected


def test_every_preset_has_a_name_without_blanks() -> None:
    assert set(PRESETS.values()) == set(RULE_PRESETS)
    assert not [name for name in PRESETS if " " in name]


@given(st.floats(min_value=1e-6, max_value=1e6))
def test_any_positive_rate_is_taken(rate: float) -> None:
    assert parser().parse_args(["analyze", "a.mp4", "--out", "d", "--fps", repr(rate)]).fps == rate


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("1:30", 90), ("1:02:03.5", 3723.5), ("0", 0)])
def test_times_are_taken_as_people_write_them(text: str, seconds: float) -> None:
    assert parser().parse_args(["analyze", "a.mp4", "--out", "d", "--start", text]).start == seconds


@pytest.mark.parametrize("words", [["track", "3"], ["track 3"], ["track:3"], ["left"], ["largest"]])
def test_a_candidate_is_named_with_and_without_quotes(words: list[str]) -> None:
    options = parser().parse_args(["analyze", "--candidate", *words, "--out", "d", "a.mp4", "b.mp4"])
    assert str(options.candidate) == " ".join(words).replace(":", " ")
    assert options.recordings == ["a.mp4", "b.mp4"]


def test_a_name_given_as_the_candidate_is_told_where_it_goes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["analyze", "a.mp4", "--out", "d", "--candidate", "ANNA"])
    assert "goes to --name" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["gui", "--source", "telescope:1"],
        ["analyze"],
        ["analyze", "a.mp4"],
        ["analyze", "a.mp4", "--out", "d", "--fps", "0"],
        ["analyze", "a.mp4", "--out", "d", "--fps=-1"],
        ["analyze", "a.mp4", "--out", "d", "--fps", "nan"],
        ["analyze", "a.mp4", "--out", "d", "--fps", "many"],
        ["analyze", "a.mp4", "--out", "d", "--detector", "eyes"],
        ["analyze", "a.mp4", "--out", "d", "--preset", "mine"],
        ["analyze", "a.mp4", "--out", "d", "--every", "0"],
        ["analyze", "a.mp4", "--out", "d", "--every", "2", "--fps", "5"],
        ["analyze", "a.mp4", "--out", "d", "--jobs", "1.5"],
        ["analyze", "a.mp4", "--out", "d", "--start", "1:2:3:4"],
        ["analyze", "a.mp4", "--out", "d", "--start", "2:00", "--end", "90"],
        ["analyze", "a.mp4", "--out", "d", "--candidate", "ANNA"],
        ["analyze", "a.mp4", "--out", "d", "--part", "60"],
        ["analyze", "a.mp4", "--out", "d", "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"],
        ["analyze", "a.mp4", "--out", "d", "--candidate", "track"],
        ["demo", "--headless"],
        ["bench", "--only", "frame", "--photos", "d"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    output = capsys.readouterr()
    assert ended.value.code == 2
    assert "error:" in output.err
    assert not output.out


@pytest.mark.parametrize("command", [[], *([name] for name in _COMMANDS)])
def test_help_explains_every_option(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    output = capsys.readouterr().out
    assert ended.value.code == 0
    assert output.startswith("usage: emotion-gui")
    if not command:
        assert all(name in output for name in _COMMANDS)
        assert "examples:" in output
