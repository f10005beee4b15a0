"""The verdict in its box, on every page that has it."""

from __future__ import annotations

from matplotlib.patches import FancyBboxPatch

from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import LIGHT
from emotion_gui.export.content.blocks import VerdictCard
from emotion_gui.export.page_text import Page
from emotion_gui.export.text_measure import text_width, wrapped

CARD_HEIGHT = 154.0
_POINT = 150 / 72
INK = {Verdict.NERVOUS: "#9a3412", Verdict.NOT_NERVOUS: "#14532d", Verdict.NOT_ENOUGH_DATA: "#3f4650"}
_SIGN = {Verdict.NERVOUS: "\N{BLACK UP-POINTING TRIANGLE}", Verdict.NOT_NERVOUS: "\N{BLACK CIRCLE}"}
_NO_SIGN = "\N{WHITE CIRCLE}"
_CARD = "#f5f6f8"


def draw_card(page: Page, card: VerdictCard, place: tuple[float, float, float, float]) -> None:
    """Draw the card.

    Args:
        page: Where to.
        card: What it says.
        place: Left, top, width and height in pixels of the page, which has 150 in an inch; 144 or more high.
    """
    left, top, width, card_height = place
    x, y, share, height = page.place(left, top, width, card_height)
    page.figure.add_artist(
        FancyBboxPatch(
            (x, y), share, height, boxstyle="round,pad=0,rounding_size=0.008", facecolor=_CARD, edgecolor="#d9dce1",
            transform=page.figure.transFigure,
        )
    )  # fmt: skip
    verdict = card.judgement.verdict
    title = f"{_SIGN.get(verdict, _NO_SIGN)}  {verdict.title}"
    inner, room = left + 28, width - 56
    page.write_line(inner, top + 18, title, width=room, size=16, weight="bold", color=INK[verdict])
    page.write_line(inner, top + 60, card.reason, width=room, size=_fitting_size(card.reason, room))
    if verdict is Verdict.NOT_ENOUGH_DATA:
        reason = _("There is no verdict before that time.")
        page.write_line(inner, top + 82, reason, width=room, size=8, color=LIGHT.muted)
    # The caveat is never cut: it stands at the foot, in as many lines as a language needs.
    lines = wrapped(card.caveat, room, 8 * _POINT)
    for number, line in enumerate(lines):
        line_top = top + card_height - 14 - 20 * (len(lines) - number)
        page.write(inner, line_top, line, size=8, color=LIGHT.muted, style="italic")


def _fitting_size(text: str, room: float) -> float:
    """Points: smaller where several expressions crossed their thresholds."""
    return 9.5 if text_width(text, 9.5 * _POINT) <= room else 7.5
