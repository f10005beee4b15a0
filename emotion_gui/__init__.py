"""Emotion GUI: names the facial expressions before a camera and keeps the session of one candidate."""

__version__ = "0.1.0"
