"""From what was typed to recordings: files, folders and patterns."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, filterfalse
from pathlib import Path

from emotion_gui.batch.plan import Recording
from emotion_gui.core import source_spec
from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.export import EXPORTERS
from emotion_gui.vision.sources.images import IMAGE_SUFFIXES, natural_order
from emotion_gui.vision.sources.video_file import VIDEO_SUFFIXES

# A recording's path, and the folder of its reports within the one that was asked for.
_Found = tuple[Path, Path]


def find_recordings(names: Sequence[str], out: Path) -> tuple[Recording, ...]:
    """The recordings that are meant, each once, in the order of the names and within a folder by name.

    A folder stands for the videos in it and in the folders below, whose structure the reports keep; one without videos
    is a recording made of images. Windows leaves patterns to the program; what exists under its very name is no
    pattern. A file that is missing is a recording, too: it fails like any that cannot be read.

    Args:
        names: Files, folders and patterns such as `talks/**/*.mp4`.
        out: Folder for the reports.

    Returns:
        None at all where patterns match nothing.
    """
    seen: set[Path] = set()
    found: list[_Found] = []
    for name in filterfalse(is_address, names):
        for path, below in _meant(name):
            if path.resolve() not in seen:
                seen.add(path.resolve())
                found.append((path, below))
    return tuple(_named_apart(found, out))


def find_far_recordings(names: Sequence[str], out: Path) -> tuple[Recording, ...]:
    """The recordings behind addresses, such as `s3://bucket/talks/*.mp4`, each with a name of its own.

    Raises:
        SourceError: An address cannot be listed.
    """
    addresses = list(filter(is_address, names))
    if not addresses:
        return ()
    try:
        from emotion_gui.batch.addresses import behind
    except ImportError as error:
        raise SourceError("Addresses need fsspec.", "Install it with the extra [cluster].") from error
    found = {address: size for name in addresses for address, size in behind(name)}
    named = _named_apart(((Path(address), Path()) for address in found), out)
    return tuple(
        replace(recording, source=SourceSpec(source_spec.FILE, address), bytes=size)
        for recording, (address, size) in zip(named, found.items(), strict=True)
    )


def is_address(name: str) -> bool:
    """Whether it is no path of this machine."""
    return "://" in name


def _meant(name: str) -> Iterator[_Found]:
    path = Path(name)
    if not path.exists() and glob.has_magic(name):
        matches = map(Path, glob.glob(name, recursive=True))  # noqa: PTH207 - the name may be absolute
        yield from ((match, Path()) for match in sorted(matches, key=_by_name) if _is_known(match))
        return
    videos = sorted(_videos_below(path), key=_by_name) if path.is_dir() else []
    yield from ((video, video.parent.relative_to(path)) for video in videos)
    if not videos:
        yield path, Path()


def _by_name(path: Path) -> list[list[tuple[int, str]]]:
    return [natural_order(Path(part)) for part in path.parts]


def _videos_below(folder: Path) -> Iterator[Path]:
    # Files that begin with a dot are previews that macOS leaves on memory cards.
    return (
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in VIDEO_SUFFIXES and not path.name.startswith(".") and path.is_file()
    )


def _is_known(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in (*VIDEO_SUFFIXES, *IMAGE_SUFFIXES)


def _named_apart(found: Iterable[_Found], out: Path) -> Iterator[Recording]:
    """No report may take another's place; in the same order, the same recordings get the same names."""
    taken: set[str] = set()
    for path, below in found:
        folder = out / below
        stem = next(stem for stem in _stems(path) if taken.isdisjoint(_file_names(folder, stem)))
        taken |= _file_names(folder, stem)
        yield Recording(_source_at(path), folder, stem, _bytes(path))


def _stems(path: Path) -> Iterator[str]:
    whole = path.resolve()
    yield from (whole.stem, whole.name, f"{whole.parent.name}-{whole.name}")
    yield from (f"{whole.name}-{number}" for number in count(2))


def _file_names(folder: Path, stem: str) -> set[str]:
    # Upper and lower case are the same file on Windows and macOS.
    return {str(folder / f"{stem}{exporter.suffix}").casefold() for exporter in EXPORTERS.values()}


def _source_at(path: Path) -> SourceSpec:
    """The source that plays a file or a folder of images."""
    images = path.is_dir() or path.suffix.lower() in IMAGE_SUFFIXES
    return SourceSpec(source_spec.IMAGES if images else source_spec.FILE, str(path))


def _bytes(path: Path) -> int:
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(entry.stat().st_size for entry in path.iterdir() if entry.is_file())
    except OSError:
        # Whatever is wrong is told when it is opened.
        return 0
