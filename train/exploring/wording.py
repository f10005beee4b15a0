"""Counts, shares and lists as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, one: str, many: str = "") -> str:
    """'1 face', '1,234 faces'; `many` where the plural takes more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 as '13.9 %'."""
    return f"{100 * share:.1f} %"


def share_of(count: int, total: int) -> str:
    """'13.9 %', or a dash where there is nothing to have a share of."""
    return percent(count / total) if total else "–"


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
