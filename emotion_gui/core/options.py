"""Options that describe themselves, so that dialogs and checks are built from one declaration."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from emotion_gui.core.translation import N_, _

# By kind, and by whether there is a smallest and a largest number.
_NUMBERS = {
    int: {
        (False, False): N_("{label}: enter a whole number {unit}."),
        (True, False): N_("{label}: enter a whole number from {low:g} {unit}."),
        (False, True): N_("{label}: enter a whole number to {high:g} {unit}."),
        (True, True): N_("{label}: enter a whole number from {low:g} to {high:g} {unit}."),
    },
    float: {
        (False, False): N_("{label}: enter a number {unit}."),
        (True, False): N_("{label}: enter a number from {low:g} {unit}."),
        (False, True): N_("{label}: enter a number to {high:g} {unit}."),
        (True, True): N_("{label}: enter a number from {low:g} to {high:g} {unit}."),
    },
}


@dataclass(frozen=True)
class Option:
    """What a person needs to know to set one value.

    Attributes:
        label: Short name in the dialog.
        help: One sentence on what it does.
        group: Tab or heading that it stands under.
        minimum: Smallest number allowed, for numbers.
        maximum: Largest number allowed, for numbers.
        unit: Unit of the number: '%', 's', 'px'.
        choices: Allowed values with the words for them, for a choice; empty for other kinds.
        optional: True where the value may be absent (None): an emotion outside the rule.
    """

    label: str
    help: str
    group: str
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    optional: bool = False

    def problem(self, value: object, kind: type) -> str:
        """Why a value cannot be taken, one sentence; empty where it can."""
        if value is None:
            return "" if self.optional else _("{label}: enter a value.").format(label=_(self.label))
        if self.choices:
            return (
                ""
                if isinstance(value, str) and value in self.choices
                else _("{label}: choose one of {names}.").format(
                    label=_(self.label), names=", ".join(map(_, self.choices.values()))
                )
            )
        if kind in {int, float}:
            return self._number_problem(value, kind)
        return "" if isinstance(value, kind) else _("{label}: this value cannot be used.").format(label=_(self.label))

    def _number_problem(self, value: object, kind: type) -> str:
        # bool is an int to Python, but True is no number to a person.
        low = -math.inf if self.minimum is None else self.minimum
        high = math.inf if self.maximum is None else self.maximum
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # Compared before it becomes a float, which a whole number of 400 digits cannot.
            within = low <= value <= high and abs(value) < math.inf
            if within and (kind is float or value == int(value)):
                return ""
        limits = math.isfinite(low), math.isfinite(high)
        sentence = _(_NUMBERS[kind][limits]).format(label=_(self.label), low=low, high=high, unit=_(self.unit))
        # Without a unit a blank would stand before the point, or two before the next word.
        return re.sub(r" (?=[ .])", "", sentence)

    def parse(self, text: str, kind: type) -> Any:
        """The value that a person typed.

        Args:
            text: What was typed; a decimal comma is taken as a point.
            kind: Type of the value: int, float or str.

        Returns:
            The value as `kind`; None for an empty text where the option is optional.

        Raises:
            ValueError: With the sentence to show where the text cannot be taken.
        """
        stripped = text.strip()
        if not stripped and self.optional:
            return None
        value: object = stripped
        if kind in {int, float} and not self.choices:
            # Half of Europe types 12,5.
            with suppress(ValueError):
                number = float(stripped.replace(",", "."))
                value = int(number) if kind is int and number.is_integer() else number
        problem = self.problem(value, kind)
        if problem:
            raise ValueError(problem)
        return value
