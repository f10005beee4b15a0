"""The verdict in its box, on every page that has it."""

from __future__ import annotations

from matplotlib.patches import FancyBboxPatch

from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import LIGHT
from emotion_gui.export.content.blocks import VerdictCard
from emotion_gui.export.page_text import Page

CARD_HEIGHT = 144.0
INK = {Verdict.NERVOUS: "#9a3412", Verdict.NOT_NERVOUS: "#14532d", Verdict.NOT_ENOUGH_DATA: "#3f4650"}
_SIGN = {Verdict.NERVOUS: "\N{BLACK UP-POINTING TRIANGLE}", Verdict.NOT_NERVOUS: "\N{BLACK CIRCLE}"}
_NO_SIGN = "\N{WHITE CIRCLE}"
_CARD = "#f5f6f8"


def draw_card(page: Page, card: VerdictCard, place: tuple[float, float, float]) -> None:
    """Draw the card.

    Args:
        page: Where to.
        card: What it says.
        place: Left, top and width in pixels of the page; it is `CARD_HEIGHT` high.
    """
    left, top, width = place
    x, y, share, height = page.place(left, top, width, CARD_HEIGHT)
    page.figure.add_artist(
        FancyBboxPatch(
            (x, y), share, height, boxstyle="round,pad=0,rounding_size=0.008", facecolor=_CARD, edgecolor="#d9dce1",
            transform=page.figure.transFigure,
        )
    )  # fmt: skip
    verdict = card.judgement.verdict
    title = f"{_SIGN.get(verdict, _NO_SIGN)}  {_(verdict.title)}"
    inner, room = left + 28, width - 56
    page.write_line(inner, top + 18, title, width=room, size=16, weight="bold", color=INK[verdict])
    page.write_line(inner, top + 64, card.reason, width=room, size=9.5)
    if verdict is Verdict.NOT_ENOUGH_DATA:
        reason = _("There is no verdict before that time.")
        page.write_line(inner, top + 88, reason, width=room, size=8.5, color=LIGHT.muted)
    page.write_line(inner, top + 111, card.caveat, width=room, size=8.5, color=LIGHT.muted, style="italic")
