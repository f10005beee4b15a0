"""Pictures, faces and models. Importing anything from here settles how OpenCV behaves in this process."""

import os

# OpenCV reads these while it loads, and this file runs before every `import cv2` of the program.
# Media Foundation's hardware transforms take up to a minute to open some cameras on Windows.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
# A damaged file is told in one sentence of ours; FFmpeg's own lines are noise beside it.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
