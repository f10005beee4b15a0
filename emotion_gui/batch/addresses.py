"""Recordings behind addresses: s3://, https:// and whatever else fsspec has a plug-in for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import fsspec

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.sources.video_file import VIDEO_SUFFIXES


def behind(name: str) -> Iterator[tuple[str, int]]:
    """Address and size in bytes of each recording that a name or a pattern means; 0 where the size is not told.

    Raises:
        SourceError: There is no plug-in for it, or it cannot be listed.
    """
    try:
        files, path = fsspec.core.url_to_fs(name)
        if "*" not in path:
            yield name, 0
            return
        for found in sorted(files.glob(path)):
            if PurePosixPath(found).suffix.lower() in VIDEO_SUFFIXES:
                yield files.unstrip_protocol(found), int(files.size(found) or 0)
    except (OSError, ValueError, ImportError, NotImplementedError) as error:
        raise SourceError(
            f"'{name}' cannot be listed: {error}.", "Check the address and its plug-in for fsspec."
        ) from error
