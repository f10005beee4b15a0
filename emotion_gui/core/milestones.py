"""Moments of a start that the log notes in fixed words: for support, and for the benchmark that reads them there."""

from __future__ import annotations

WINDOW_OPEN = "the window is open"
FIRST_FACE_NAMED = "the first face is named"
