from emotion_gui.api.analyze import analyze_image as analyze_image
from emotion_gui.api.analyze import analyze_recording as analyze_recording
from emotion_gui.api.analyzer import Analyzer as Analyzer
from emotion_gui.api.analyzer import open_analyzer as open_analyzer
from emotion_gui.api.results import ImageResult as ImageResult
from emotion_gui.api.results import RecordingResult as RecordingResult
from emotion_gui.core.errors import AppError as AppError
from emotion_gui.core.settings import Settings as Settings

__version__: str
