"""Text that is safe in a spreadsheet."""

from __future__ import annotations

# Spreadsheets take a cell that begins so as a formula, and may run it (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before a dangerous first character."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
