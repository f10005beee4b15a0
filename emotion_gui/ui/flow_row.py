"""A row of widgets that goes on in the next line where the window is narrow or the text is large."""

from __future__ import annotations

import tkinter as tk

from emotion_gui.ui.theme import Panel, space


class FlowRow(Panel):
    """Lays its widgets out from left to right, as words in a text; in the order in which they are added.

    Args:
        master: The parent widget.
        look: Ttkbootstrap's words for the ground.
        padding: Steps of the spacing grid kept free on the left and right, and above and below.
    """

    def __init__(self, master: tk.Misc, look: str = "", padding: tuple[int, int] = (0, 0)) -> None:
        super().__init__(master, look)
        self._widgets: list[tuple[tk.Widget, int, bool]] = []
        self._padding = space(self, padding[0]), space(self, padding[1])
        self._width = 0
        self.configure(width=1)
        self.bind("<Configure>", self._resized)

    def add(self, widget: tk.Widget, gap: int = 1, *, right: bool = False) -> None:
        """Put a widget behind the others.

        Args:
            widget: Made with this row as its master.
            gap: Steps of the spacing grid before it.
            right: Whether it, and all behind it, stand at the right end.
        """
        self._widgets.append((widget, space(self, gap), right))
        # A button whose words change takes more or less room.
        widget.bind("<Configure>", lambda _: self._arrange(), add="+")
        self._arrange()

    @property
    def lines(self) -> list[list[tk.Widget]]:
        """The widgets of each line, as they stand."""
        return [[widget for widget, _gap, _right in line] for line in self._broken()]

    @property
    def wanted_width(self) -> int:
        """Pixels that all of it needs in one line."""
        widths = (widget.winfo_reqwidth() + gap for widget, gap, _right in self._widgets)
        return sum(widths) + 2 * self._padding[0]

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        if event.width != self._width:
            self._width = event.width
            self._arrange()

    def _broken(self) -> list[list[tuple[tk.Widget, int, bool]]]:
        room = max(self._width, 1) - 2 * self._padding[0]
        lines: list[list[tuple[tk.Widget, int, bool]]] = [[]]
        used = 0
        for entry in self._widgets:
            widget, gap, _right = entry
            wanted = widget.winfo_reqwidth() + (gap if lines[-1] else 0)
            # Before there is a width, all stands in one line: that is what it mostly is.
            if lines[-1] and used + wanted > room and self._width > 1:
                lines.append([])
                used, wanted = 0, widget.winfo_reqwidth()
            lines[-1].append(entry)
            used += wanted
        return lines

    def _arrange(self) -> None:
        left, y = self._padding
        room = max(self._width, 1) - 2 * left
        for line in self._broken():
            height = max((widget.winfo_reqheight() for widget, _gap, _right in line), default=1)
            widths = [widget.winfo_reqwidth() + (gap if number else 0) for number, (widget, gap, _) in enumerate(line)]
            x, free = left, room - sum(widths)
            pushed = False
            for number, (widget, gap, right) in enumerate(line):
                if right and not pushed:
                    x, pushed = x + max(0, free), True
                x += gap if number else 0
                wanted = widget.winfo_reqwidth(), widget.winfo_reqheight()
                widget.place(x=x, y=y + (height - wanted[1]) // 2, width=min(wanted[0], room), height=wanted[1])
                x += wanted[0]
            y += height + space(self, 1)
        self.configure(height=y - space(self, 1) + self._padding[1])
