"""Pictures and recordings in, typed results out; nothing is stored, shown or sent anywhere."""

from __future__ import annotations

import math
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui import __version__
from emotion_gui.api.analyzer import Analyzer, usual_analyzer
from emotion_gui.api.results import ImageResult, RecordingResult
from emotion_gui.core.candidate_wish import LARGEST, CandidateWish
from emotion_gui.core.errors import SourceError
from emotion_gui.core.session import InterviewSession, Provenance, SessionEvent, SessionFrame, SessionInfo
from emotion_gui.core.source_spec import FILE, IMAGES, SourceSpec
from emotion_gui.pipeline.batch import analyze_recording as results_of
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.pipeline.selection import Selection
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import open_source
from emotion_gui.vision.sources.images import IMAGE_SUFFIXES, read_image

# A picture has no time; where results stand for some, as in a folder of pictures, each stands for a second.
_PICTURE_S = 1.0


def analyze_image(
    image: str | os.PathLike[str] | NDArray[np.uint8], analyzer: Analyzer | None = None, *, rgb: bool = False
) -> ImageResult:
    """Find and name every face of a picture.

    >>> import emotion_gui
    >>> from emotion_gui.api.examples import portrait_file
    >>> result = emotion_gui.analyze_image(portrait_file())
    >>> [(face.label.value, face.problem) for face in result.faces]
    [('neutral', None)]
    >>> result.faces[0].confidence > 0.5
    True

    An array does as well, as OpenCV reads it or, with `rgb=True`, as Pillow and Matplotlib do:

    >>> import matplotlib.pyplot as plt
    >>> array = plt.imread(portrait_file())
    >>> emotion_gui.analyze_image(array, rgb=True).size_wh
    (512, 600)

    Args:
        image: A file, or uint8 [height, width, 3] in 0 to 255, blue first.
        analyzer: What to do it with; without it, one with the program's defaults that is loaded once.
        rgb: Whether an array has red first.

    Raises:
        AppError: The picture cannot be read; the message says why.
    """
    chosen = analyzer or usual_analyzer()
    picture = _array(image, rgb=rgb) if isinstance(image, np.ndarray) else read_image(Path(image))
    found = chosen.frames.analyze(Frame(0, 0.0, _PICTURE_S, picture))
    # One picture has no candidate: the quality alone says which faces would count.
    options = replace(FollowingOptions.of(chosen.settings), count_everyone=True)
    return ImageResult(Following(options).follow(found).faces, found.size_wh)


def analyze_recording(  # noqa: PLR0913 - each is one wish about the recording, by name
    path: str | os.PathLike[str],
    analyzer: Analyzer | None = None,
    *,
    every: int = 1,
    fps: float | None = None,
    start_s: float = 0.0,
    end_s: float = math.inf,
    candidate: str = str(LARGEST),
) -> RecordingResult:
    """Analyse a video, or a folder of pictures as one, and count it as a session does.

    >>> import emotion_gui
    >>> from emotion_gui.api.examples import demo_file
    >>> result = emotion_gui.analyze_recording(demo_file(), fps=5)
    >>> round(result.statistics.duration_s)
    20
    >>> longest = max(result.shares, key=result.shares.get)
    >>> longest.value
    'neutral'
    >>> table = result.to_pandas()
    >>> len(table) == len(result.frames)
    True
    >>> table.groupby("label")["duration_s"].sum().idxmax()
    'neutral'
    >>> result.timeline_to_pandas().loc[5.0, "face_s"]
    np.float64(0.5)

    Part of it, and somebody else's face:

    >>> part = emotion_gui.analyze_recording(demo_file(), every=10, start_s=5, end_s=10, candidate="left")
    >>> len(part.frames), part.events[0].kind
    (13, 'candidate chosen')

    Args:
        path: The recording. All frames are held in memory; `emotion-gui analyze` goes through hours without.
        analyzer: What to do it with; without it, one with the program's defaults that is loaded once.
        every: One of so many pictures.
        fps: Results for one second of the recording at most.
        start_s: From this second on.
        end_s: Up to this second.
        candidate: Whose face counts: 'largest', 'left', or 'track N', the person with that number in the column `track`
            of an analysis without it.

    Raises:
        AppError: The recording cannot be read, or has nothing in that part; the message says why.
        ValueError: `candidate` is none of these.
    """
    chosen, wish = analyzer or usual_analyzer(), CandidateWish.parse(candidate)
    file = Path(path)
    images = file.is_dir() or file.suffix.lower() in IMAGE_SUFFIXES
    source_spec = SourceSpec(IMAGES if images else FILE, str(file))
    origin = Provenance(
        __version__, chosen.model_name, chosen.model_sha256, chosen.settings.detector, source_spec.recorded_title
    )
    session = InterviewSession(SessionInfo("", "", chosen.settings.rule, origin, chosen.settings.to_record()))
    following = Following(FollowingOptions.of(chosen.settings, wish))
    selection = Selection(every, fps, start_s, end_s)
    with closing(open_source(source_spec)) as source:
        results = results_of(source, chosen.frames, following=following, selection=selection)
        entries = [entry for result in results for entry in session.add(result)]
    if not session.begun:
        raise SourceError(f"'{file.name}' has no picture in the part that was asked for.")
    return RecordingResult(
        tuple(entry for entry in entries if isinstance(entry, SessionFrame)),
        session.statistics,
        session.timeline,
        session.judgement,
        tuple(entry for entry in entries if isinstance(entry, SessionEvent)),
        tuple(session.brief_changes),
        chosen.model_name,
        chosen.model_sha256,
    )


def _array(image: NDArray[np.uint8], *, rgb: bool) -> NDArray[np.uint8]:
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise SourceError(
            f"A picture must be uint8 [height, width, 3], not {image.dtype} {list(image.shape)}.",
            "Convert it first.",
        )
    return np.ascontiguousarray(image[..., ::-1]) if rgb else image
