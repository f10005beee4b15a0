"""Markers and kept pictures without a session, a store or a camera."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from emotion_gui.core.errors import AppError
from emotion_gui.core.markers import Marker


@dataclass
class FakeMarkers:
    """Remembers markers; `now_s` is the moment of the next one, None where none can be set."""

    all: tuple[Marker, ...] = ()
    now_s: float | None = 1.0

    def set(self) -> Marker | None:
        if self.now_s is None:
            return None
        marker = Marker(self.now_s)
        self.all = (*self.all, marker)
        return marker

    def rename(self, marker: Marker, text: str) -> None:
        self.all = tuple(replace(m, text=text) if m.marker_id == marker.marker_id else m for m in self.all)

    def remove(self, marker: Marker) -> None:
        self.all = tuple(known for known in self.all if known.marker_id != marker.marker_id)


@dataclass(frozen=True)
class FakeFilming:
    paused: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class FakeSnapshot:
    path: Path | None = None
    name: str = "snapshot-1.png"


@dataclass
class FakeEvidence:
    """Films when it is told to, or refuses with `error`."""

    filming: FakeFilming | None = None
    error: AppError | None = None
    picture: FakeSnapshot | None = None
    saved: list[Path] = field(default_factory=list)

    def film(self, on: bool) -> None:
        if self.error:
            raise self.error
        self.filming = FakeFilming() if on else None

    def take_snapshot(self) -> FakeSnapshot | None:
        return self.picture

    def save_snapshot(self, snapshot: FakeSnapshot, path: Path) -> None:
        assert snapshot is self.picture
        self.saved.append(path)
