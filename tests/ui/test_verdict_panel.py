from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.nervousness import CAVEAT, Judgement, NervousnessRule, Verdict, judge
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.ui.session.verdict_panel import VerdictPanel
from tests.builders import make_face

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(window: tk.Toplevel) -> VerdictPanel:
    panel = VerdictPanel(window, text_width=172)
    panel.pack()
    return panel


def test_names_the_verdict_and_its_reason(panel: VerdictPanel) -> None:
    statistics = EmotionStatistics()
    statistics.add(6.8, [make_face(Emotion.FEAR)])
    statistics.add(13.2, [make_face(Emotion.HAPPY)])
    panel.refresh(judge(statistics, NervousnessRule({Emotion.FEAR: 30.0})))
    assert panel.headline.cget("text") == "▲ Nervous"
    assert panel.reason.cget("text") == "fear 34 % > 30 %"


def test_every_verdict_has_its_own_word_and_shape(panel: VerdictPanel) -> None:
    shown = set()
    for verdict in Verdict:
        panel.refresh(Judgement(verdict, (), "because"))
        symbol, _, words = panel.headline.cget("text").partition(" ")
        assert words == verdict.title
        shown.add(symbol)
    assert len(shown) == len(Verdict)


@pytest.mark.parametrize("judgement", [None, *(Judgement(verdict, (), "because") for verdict in Verdict)])
def test_the_caveat_always_stands_beside_it(
    window: tk.Toplevel, panel: VerdictPanel, judgement: Judgement | None
) -> None:
    panel.refresh(judgement)
    window.update()
    assert panel.caveat.cget("text") == CAVEAT
    assert panel.caveat.winfo_viewable()


def test_long_reasons_are_broken_and_not_cut(window: tk.Toplevel, panel: VerdictPanel) -> None:
    panel.refresh(Judgement(Verdict.NERVOUS, (), ", ".join(["surprise 31 % > 30 %"] * 4)))
    window.update()
    assert panel.reason.winfo_reqwidth() <= 172 + 4
    assert panel.reason.winfo_height() >= panel.reason.winfo_reqheight()
