"""Photos and videos that are looked at once: answered, refused in a sentence, and never left behind."""

from __future__ import annotations

import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from werkzeug.test import TestResponse

from emotion_gui.core.browser_consent import upload_question
from emotion_gui.core.paths import assets_folder
from emotion_gui.pipeline.isolated import BusyError, IsolatedWorker, IsolatedWorkError
from emotion_gui.uploads.analysis import analyse_upload
from emotion_gui.uploads.answers import Answer, Tables, UploadJob
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES
from tests.vision.portraits import portrait
from tests.web.conftest import Site, Visitor
from tests.web.hostile import Hostile, hostile_uploads


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads pass through: a folder of this test's own."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="module")
def worker() -> Iterator[IsolatedWorker[UploadJob, Answer]]:
    """The real one, in a process of its own."""
    made = IsolatedWorker(analyse_upload, limit_s=60.0, wait_s=5.0)
    yield made
    made.close()


def _send(visitor: Visitor, content: bytes, name: str = "photo.jpg", mimetype: str = "image/jpeg") -> TestResponse:
    file = (io.BytesIO(content), name, mimetype)
    return visitor.post("/upload", file=file, agreed=upload_question().version)


def _photo() -> bytes:
    return cv2.imencode(".jpg", portrait())[1].tobytes()


def test_a_photo_is_answered_with_picture_bars_and_table(site: Site, visitor: Visitor, uploads: Path) -> None:
    answer = _send(visitor, _photo())
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "1 face" in page
    assert "data:image/jpeg;base64," in page
    assert "Probabilities of this picture" in page
    assert "A face shows an expression, not a feeling." in page
    table = page.partition('href="/upload/')[2].partition('"')[0]
    csv = site.client.get(f"/upload/{table}")
    assert csv.headers["Content-Disposition"] == "attachment; filename=results.csv"
    assert csv.get_data(as_text=True).splitlines()[0].lstrip("\ufeff").startswith("time_s,frame,face")
    assert list(uploads.iterdir()) == []


def test_a_video_has_a_verdict_and_what_it_does_not_mean(visitor: Visitor, uploads: Path) -> None:
    answer = _send(visitor, (assets_folder() / "demo.mp4").read_bytes(), "clip.mp4", "video/mp4")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "The clearest moment: 1 face" in page
    assert "does not measure feelings" in page
    assert "Course of the video" in page
    assert list(uploads.iterdir()) == []


def test_a_picture_of_nobody_says_so(visitor: Visitor) -> None:
    page = _send(visitor, cv2.imencode(".png", portrait()[:60, :60])[1].tobytes()).get_data(as_text=True)
    assert "No face was found" in page
    assert "Probabilities" not in page


def test_nothing_is_looked_at_before_everybody_agreed(site: Site, visitor: Visitor) -> None:
    def look(_job: UploadJob) -> Answer:
        pytest.fail("nobody agreed")

    site.analyse = look
    for agreed in ("", "1", "1-000000000000"):
        answer = visitor.post("/upload", file=(io.BytesIO(_photo()), "photo.jpg"), agreed=agreed)
        assert answer.status_code == 400
        assert "Nobody has agreed" in answer.get_data(as_text=True)


def test_the_file_is_at_a_name_of_ours_and_gone_before_the_answer(site: Site, visitor: Visitor, uploads: Path) -> None:
    paths: list[Path] = []

    def look(job: UploadJob) -> Answer:
        paths.append(job.path)
        return analyse_upload(job)

    site.analyse = look
    assert _send(visitor, _photo(), "../../../evil.jpg").status_code == 200
    assert paths[0].name == "upload"
    assert paths[0].is_relative_to(uploads)
    assert not paths[0].parent.exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BusyError(), (503, "Others&#39; files are being analysed.")),
        (IsolatedWorkError("crashed"), (422, "This file cannot be analysed.")),
    ],
)
def test_no_answer_is_told_in_a_sentence(site: Site, uploads: Path, error: Exception, told: tuple[int, str]) -> None:
    def fail(_job: UploadJob) -> Answer:
        raise error

    site.analyse = fail
    answer = _send(Visitor(site.client), _photo())
    assert answer.status_code == told[0]
    assert told[1] in answer.get_data(as_text=True)
    assert list(uploads.iterdir()) == []


def test_what_is_too_large_is_refused_before_it_is_read(visitor: Visitor) -> None:
    announced = {"CONTENT_LENGTH": str(MOST_UPLOAD_BYTES + 1)}
    answer = visitor.client.post("/upload", environ_overrides=announced, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "larger than 100 MB" in answer.get_data(as_text=True)


def test_no_file_is_told(visitor: Visitor) -> None:
    answer = visitor.post("/upload", agreed=upload_question().version)
    assert (answer.status_code, "No file was chosen." in answer.get_data(as_text=True)) == (400, True)


def test_tables_are_kept_for_a_while_and_not_without_end() -> None:
    now = [0.0]
    tables = Tables(lambda: now[0])
    keys = [tables.keep(b"%d" % number) for number in range(30)]
    assert [tables.find(key) is not None for key in keys] == [False] * 10 + [True] * 20
    now[0] = 1000.0
    assert not any(map(tables.find, keys))


def test_two_hundred_hostile_uploads_get_two_hundred_clean_answers(
    site: Site, visitor: Visitor, uploads: Path, worker: IsolatedWorker[UploadJob, Answer]
) -> None:
    site.analyse = worker.ask
    sent = hostile_uploads()
    assert len(sent) == 200
    answers = [(upload, _send(visitor, upload.content, upload.name, upload.mimetype)) for upload in sent]
    assert [told for upload, answer in answers if (told := _unclean(upload, answer))] == []
    # Odd names and what hangs on behind a photo do no harm; the photo itself is answered.
    statuses = Counter(answer.status_code for _upload, answer in answers)
    assert set(statuses) <= {200, 400, 413, 415, 422}
    assert statuses[200] >= 30
    assert statuses[415] >= 20
    assert list(uploads.iterdir()) == []
    assert _send(visitor, _photo()).status_code == 200
    assert os.getpid() != worker.process_id


def _unclean(upload: Hostile, answer: TestResponse) -> str:
    """What is wrong with an answer; empty where nothing is."""
    page = answer.get_data(as_text=True)
    clean = "<h1>" in page and "unexpected" not in page and "alert(" not in page and "Traceback" not in page
    return "" if clean and answer.status_code < 500 else f"{upload.what}: {answer.status_code} {page[-600:]}"
