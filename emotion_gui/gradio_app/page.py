"""The page: tabs for the camera, a photo and a video, and the thresholds under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import gradio as gr
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.browser_consent import stream_question, upload_question
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.gradio_app import fragments
from emotion_gui.gradio_app.handlers import Handlers
from emotion_gui.gradio_app.thresholds import MOST_FACE_S, OFF, first_values
from emotion_gui.gradio_app.visitors import MOST_VISITORS, MOST_WATCHED_S, PICTURES_PER_S
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES, MOST_VIDEO_S

_PHOTO_TYPES = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"]
_VIDEO_TYPES = [".mp4", ".mov", ".avi", ".webm", ".mkv"]
# Uploads are deleted after their answer; what was never asked about goes after so many seconds.
_FORGOTTEN = (60, 600)
# In the browser alone: Gradio loses the server's answer to an event that comes while the answer to another one ends,
# and what it was to show would stay away.
_SHOWN_IF_TICKED = "(ticked) => ({__type__: 'update', visible: ticked})"
_SHOWN = "() => ({__type__: 'update', visible: true})"
_HIDDEN = "() => ({__type__: 'update', visible: false})"
_Sliders = list[gr.Slider]


def make_page(handlers: Handlers) -> gr.Blocks:
    """The page as it is served; its words are in the language in use."""
    page: gr.Blocks
    with gr.Blocks(analytics_enabled=False, title="Emotion GUI", delete_cache=_FORGOTTEN) as page:
        lead = _("A face shows an expression, not a feeling. Nothing is kept.")
        gr.Markdown(f"## Emotion GUI\n\n{lead}")
        sliders = _sliders()
        with gr.Tabs():
            with gr.Tab(_("Camera"), id="camera") as camera:
                _camera(handlers, sliders)
            with gr.Tab(_("Photo"), id="photo") as photo:
                _photo(handlers)
            with gr.Tab(_("Video"), id="video") as video:
                _video(handlers, sliders)
        with gr.Accordion(_("Thresholds"), elem_id="thresholds") as thresholds:
            gr.Markdown(
                _("Above this percentage of face time, an expression counts as nervous; at 100 it plays no part.")
            )
            with gr.Row():
                for slider in sliders:
                    slider.render()  # type: ignore[no-untyped-call]  # Gradio leaves some types out

        for tab, judged in ((camera, True), (photo, False), (video, True)):
            _show_with(tab, thresholds, shown=judged)

        def leave(request: gr.Request) -> None:
            handlers.visitors.forget(_tab(request))

        page.unload(leave)
    return page


def _show_with(tab: gr.Tab, thresholds: gr.Accordion, *, shown: bool) -> None:
    """The thresholds are there only where a time is judged: one picture is not."""
    tab.select(None, None, thresholds, js=_SHOWN if shown else _HIDDEN, api_visibility="private")


def _sliders() -> _Sliders:
    *percents, seconds = first_values()
    shares = [
        gr.Slider(
            0,
            OFF,
            value,
            step=1,
            label=emotion.title,
            min_width=240,
            render=False,
            elem_id=f"threshold-{emotion.value}",
        )
        for emotion, value in zip(EMOTIONS, percents, strict=True)
    ]
    time = gr.Slider(
        0, MOST_FACE_S, seconds, step=1, label=_("Verdict after (s)"), min_width=240, render=False, elem_id="min-face"
    )
    return [*shares, time]


def _camera(handlers: Handlers, sliders: _Sliders) -> None:
    question = stream_question()
    with gr.Column(elem_id="consent") as asked:
        gr.Markdown(fragments.agreement(question))
        tick = gr.Checkbox(label=question.statement, elem_id="camera-agreed")
        button = gr.Button(question.yes, variant="primary", elem_id="camera-yes")
    # Not shown is not there: the browser asks for its camera only where this is.
    with gr.Column(visible=False) as watched:
        _watching(handlers, sliders)

    def agree(request: gr.Request, ticked: bool) -> tuple[gr.Column, gr.Column]:
        with _told():
            handlers.agree(_tab(request), ticked=ticked)
        return gr.Column(visible=False), gr.Column(visible=True)

    button.click(agree, tick, [asked, watched], api_visibility="private", show_progress="hidden")


def _watching(handlers: Handlers, sliders: _Sliders) -> None:
    """The camera beside what is found in it; columns, since they alone go under each other where the page is narrow."""
    with gr.Row():
        with gr.Column(min_width=320):
            camera = gr.Image(
                sources=["webcam"],
                streaming=True,
                type="numpy",
                label=_("Camera"),
                webcam_options=gr.WebcamOptions(mirror=True),
                elem_id="camera",
                buttons=[],
            )
        with gr.Column(min_width=320):
            picture = gr.HTML(handlers.no_picture, elem_id="picture", padding=False)
    first_shares, first_verdict = handlers.judged("", first_values())
    with gr.Row():
        with gr.Column(min_width=320):
            moment = gr.HTML(fragments.probabilities(()), elem_id="moment", container=True)
        with gr.Column(min_width=320):
            shares = gr.HTML(first_shares, elem_id="shares", container=True)
    with gr.Row():
        with gr.Column(scale=4):
            verdict = gr.HTML(first_verdict, elem_id="verdict")
        with gr.Column(scale=1, min_width=140):
            anew = gr.Button(_("Count anew"), size="sm", elem_id="anew")
    judged = [shares, verdict]

    def stream(request: gr.Request, rgb: NDArray[np.uint8] | None, *values: float) -> tuple[str, ...]:
        with _told():
            return handlers.stream(_tab(request), rgb, values)

    def judge(request: gr.Request, *values: float) -> tuple[str, str]:
        return handlers.judged(_tab(request), values)

    def begin_anew(request: gr.Request, *values: float) -> tuple[str, str]:
        return handlers.anew(_tab(request), values)

    camera.stream(
        stream,
        [camera, *sliders],
        [picture, moment, *judged],
        api_visibility="private",
        show_progress="hidden",
        stream_every=1 / PICTURES_PER_S,
        time_limit=int(MOST_WATCHED_S),
        concurrency_limit=MOST_VISITORS,
    )
    anew.click(begin_anew, sliders, judged, api_visibility="private", show_progress="hidden")
    _when_moved(sliders, judge, judged)


def _photo(handlers: Handlers) -> None:
    file, tick, button = _upload_form(_PHOTO_TYPES, "photo", video=False)
    answer = gr.HTML(elem_id="photo-answer")

    def look(path: str | None, agreed: bool) -> tuple[None, str]:
        with _told():
            return None, handlers.photo(path, agreed=agreed)

    button.click(look, [file, tick], [file, answer], api_visibility="private", show_progress_on=answer)


def _video(handlers: Handlers, sliders: _Sliders) -> None:
    file, tick, button = _upload_form(_VIDEO_TYPES, "video", video=True)
    verdict = gr.HTML(elem_id="video-verdict")
    shares = gr.HTML(elem_id="video-shares")
    answer = gr.HTML(elem_id="video-answer")

    def look(request: gr.Request, path: str | None, agreed: bool, *values: float) -> tuple[str | None, ...]:
        with _told():
            return None, *handlers.video(_tab(request), path, values, agreed=agreed)

    def judge(request: gr.Request, *values: float) -> tuple[str, str]:
        return handlers.judged_video(_tab(request), values)

    button.click(
        look,
        [file, tick, *sliders],
        [file, answer, shares, verdict],
        api_visibility="private",
        show_progress_on=answer,
    )
    _when_moved(sliders, judge, [shares, verdict])


def _upload_form(types: list[str], name: str, *, video: bool) -> tuple[gr.File, gr.Checkbox, gr.Button]:
    question = upload_question()
    limits = {"megabytes": MOST_UPLOAD_BYTES // 1024**2, "minutes": int(MOST_VIDEO_S // 60)}
    most = _("At most {megabytes} MB, and {minutes} minutes of a video.") if video else _("At most {megabytes} MB.")
    gr.Markdown(fragments.agreement(question))
    tick = gr.Checkbox(label=question.statement, elem_id=f"{name}-agreed")
    # A file is on its way as soon as it is chosen: nobody chooses one before everybody in it agreed.
    with gr.Column(visible=False) as agreed:
        file = gr.File(file_types=types, label=_("File"), elem_id=f"{name}-file", height=140)
        gr.Markdown(most.format(**limits))
        button = gr.Button(question.yes, variant="primary", elem_id=f"{name}-yes")

    tick.change(None, tick, agreed, js=_SHOWN_IF_TICKED, api_visibility="private")
    return file, tick, button


def _when_moved(sliders: _Sliders, judge: Callable[..., tuple[str, str]], judged: list[gr.HTML]) -> None:
    """Judge what was counted anew where a threshold was moved; nothing is analysed again."""
    gr.on(
        [slider.change for slider in sliders],
        judge,
        sliders,
        judged,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="always_last",
    )


def _tab(request: gr.Request) -> str:
    return request.session_hash or ""


@contextmanager
def _told() -> Iterator[None]:
    """Expected trouble is told in its own words; anything else stays in the log."""
    try:
        yield
    except AppError as error:
        raise gr.Error(str(error), print_exception=False) from error
