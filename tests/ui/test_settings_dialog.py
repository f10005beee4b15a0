from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import pytest

from emotion_gui.core.rule_presets import OWN_THRESHOLDS, RULE_PRESETS, apply_preset
from emotion_gui.core.settings import Settings, option_fields, option_of
from emotion_gui.ui.settings.dialog import SettingsDialog
from tests.keys import press_key

pytestmark = pytest.mark.gui

CHANGED = replace(Settings(), mirror=False, marker="circle", min_face_px=60, threshold_happy=12.5, candidate="Ada")


@pytest.fixture
def dialog(window: tk.Toplevel) -> SettingsDialog:
    dialog = SettingsDialog(window, CHANGED)
    dialog.show()
    dialog.update()
    return dialog


def type_into(dialog: SettingsDialog, name: str, text: str) -> None:
    entry = dialog.fields[name].input
    assert isinstance(entry, tk.Entry)
    entry.delete(0, "end")
    entry.insert(0, text)


def test_every_option_has_its_line_under_its_tab(dialog: SettingsDialog) -> None:
    assert list(dialog.fields) == [entry.name for entry in option_fields()]
    tabs = [dialog.tabs.tab(tab, "text") for tab in dialog.tabs.tabs()]
    assert tabs == list(dict.fromkeys(option_of(entry).group for entry in option_fields()))


def test_ok_without_a_change_gives_the_same_settings(dialog: SettingsDialog) -> None:
    dialog.ok_button.invoke()
    assert dialog.result == CHANGED
    assert not dialog.winfo_exists()


def test_what_is_typed_becomes_the_setting(dialog: SettingsDialog) -> None:
    type_into(dialog, "threshold_sad", "42,5")
    type_into(dialog, "threshold_fear", "")
    dialog.fields["show_bars"].input.invoke()  # type: ignore[attr-defined]  # a Checkbutton, typed as a Widget
    dialog.ok_button.invoke()
    assert dialog.result == replace(CHANGED, threshold_sad=42.5, threshold_fear=None, show_bars=True)


@pytest.mark.parametrize("text", ["", "abc", "-1", "101", "nan", "1e9"])
def test_a_bad_threshold_is_told_at_its_line_and_stops_ok(dialog: SettingsDialog, text: str) -> None:
    if not text:
        type_into(dialog, "min_face_s", text)
        field = dialog.fields["min_face_s"]
    else:
        type_into(dialog, "threshold_angry", text)
        field = dialog.fields["threshold_angry"]
    assert field.remark.cget("text").startswith(f"⚠ {field.option.label}: enter a number from")
    assert dialog.ok_button.instate(["disabled"])
    type_into(dialog, "threshold_angry", "20")
    type_into(dialog, "min_face_s", "5")
    assert "⚠" not in field.remark.cget("text")
    assert dialog.ok_button.instate(["!disabled"])


def test_every_bad_line_shows_its_own_problem(dialog: SettingsDialog) -> None:
    type_into(dialog, "min_face_px", "2.5")
    type_into(dialog, "max_rate", "0")
    marked = [name for name, field in dialog.fields.items() if "⚠" in field.remark.cget("text")]
    assert marked == ["min_face_px", "max_rate"]


def test_return_does_not_pass_a_bad_value(dialog: SettingsDialog) -> None:
    type_into(dialog, "max_rate", "fast")
    press_key(dialog, "<Return>")
    assert dialog.winfo_exists()
    assert dialog.result is None


@pytest.mark.parametrize("name", RULE_PRESETS)
def test_a_preset_fills_the_rule(dialog: SettingsDialog, name: str) -> None:
    assert dialog.preset.get() == OWN_THRESHOLDS
    dialog.choose_preset(name)
    assert dialog.preset.get() == name
    dialog.ok_button.invoke()
    assert dialog.result == apply_preset(CHANGED, name)


def test_a_change_leaves_the_preset(dialog: SettingsDialog) -> None:
    dialog.choose_preset("Seed rule")
    type_into(dialog, "threshold_sad", "31")
    assert dialog.preset.get() == OWN_THRESHOLDS


def test_defaults_come_back_but_memory_stays(dialog: SettingsDialog) -> None:
    dialog.restore_button.invoke()
    dialog.ok_button.invoke()
    assert dialog.result == replace(Settings(), candidate="Ada")


@pytest.mark.parametrize("way", ["button", "escape", "close"])
def test_cancel_gives_nothing(dialog: SettingsDialog, way: str) -> None:
    type_into(dialog, "threshold_sad", "1")
    if way == "button":
        dialog.cancel_button.invoke()
    elif way == "escape":
        press_key(dialog, "<Escape>")
    else:
        dialog.tk.call(*dialog.tk.splitlist(dialog.protocol("WM_DELETE_WINDOW")))
    assert dialog.result is None
    assert not dialog.winfo_exists()


def test_the_line_with_the_keyboard_is_explained(dialog: SettingsDialog) -> None:
    field = dialog.fields["threshold_fear"]
    field.input.event_generate("<Enter>")
    assert dialog.help.cget("text") == field.option.help


def test_fits_the_smallest_screen(dialog: SettingsDialog) -> None:
    assert dialog.winfo_reqwidth() <= 1024
    assert dialog.winfo_reqheight() <= 600
