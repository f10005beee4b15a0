"""Where a window stood, as the settings keep it, and where it may stand on the screens of today."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FORM = re.compile(r"(\d{1,6})x(\d{1,6})\+(-?\d{1,6})\+(-?\d{1,6})( maximised)?", re.ASCII)
# What the window's frame and a task bar take of a screen that the window has to be made smaller for.
_FRAME_WH = (40, 90)


@dataclass(frozen=True)
class Area:
    """A rectangle of the desktop in pixels; on several screens, its corner may lie left of or above zero."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class WindowPlace:
    """Size and place in pixels, as Tk counts them; of a maximised window, those that it goes back to."""

    width: int
    height: int
    x: int
    y: int
    maximised: bool = False

    @classmethod
    def parse(cls, text: str) -> WindowPlace | None:
        """Read what `str` wrote, or what Tk calls a geometry; None for everything else."""
        found = _FORM.fullmatch(text)
        if not found:
            return None
        width, height, x, y = (int(number) for number in found.groups()[:4])
        return cls(width, height, x, y, found[5] is not None) if width and height else None

    def __str__(self) -> str:
        return self.geometry + " maximised" * self.maximised

    @property
    def geometry(self) -> str:
        """As Tk takes it: '1280x800+100+-20'."""
        return f"{self.width}x{self.height}+{self.x}+{self.y}"

    def within(self, desktop: Area, smallest_wh: tuple[int, int]) -> WindowPlace:
        """The same place as far as the desktop of today has it: a screen that is gone must not hide the window.

        Args:
            desktop: All screens together.
            smallest_wh: Width and height below which the window is of no use; a smaller desktop is filled.
        """
        width = _fitting(self.width, smallest_wh[0], desktop.width, _FRAME_WH[0])
        height = _fitting(self.height, smallest_wh[1], desktop.height, _FRAME_WH[1])
        x = max(desktop.x, min(self.x, desktop.x + desktop.width - width))
        y = max(desktop.y, min(self.y, desktop.y + desktop.height - height))
        return replace(self, width=width, height=height, x=x, y=y)


def _fitting(length: int, smallest: int, most: int, frame: int) -> int:
    wanted = length if length <= most else most - frame
    return max(1, min(max(wanted, smallest), most))
