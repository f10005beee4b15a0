"""What is seen as HTML: the picture, bars, the verdict, a file's answer. Nothing of it needs a file or a network."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape

from emotion_gui.core.consent_texts import AgreementText
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import CAVEAT, NervousnessRule, Verdict, judge
from emotion_gui.core.results import FaceResult
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import duration_text, percent_text
from emotion_gui.uploads.answers import Answer, Figure

_SIGNS = {Verdict.NERVOUS: "\N{BLACK UP-POINTING TRIANGLE}", Verdict.NOT_NERVOUS: "\N{BLACK CIRCLE}"}
_NO_SIGN = "\N{WHITE CIRCLE}"

STYLE = """
.eg-bars { display: grid; grid-template-columns: max-content 1fr 3.5rem; gap: .3rem .6rem; align-items: center; }
.eg-bars .eg-track { position: relative; height: .9rem; border-radius: .2rem; background: var(--border-color-primary); }
.eg-bars .eg-bar { height: 100%; border-radius: .2rem; }
.eg-bars .eg-mark { position: absolute; top: -.15rem; bottom: -.15rem; width: 2px; background: var(--body-text-color); }
.eg-bars .eg-figure { text-align: right; font-variant-numeric: tabular-nums; }
.eg-title { font-weight: 600; margin: .2rem 0 .5rem; }
.eg-note { opacity: .8; margin: .5rem 0 0; }
.eg-verdict { border-left: .3rem solid var(--border-color-primary); padding: .2rem 0 .2rem .8rem; }
.eg-verdict strong { display: block; font-size: 1.25rem; }
.eg-verdict.nervous { border-color: #D55E00; } .eg-verdict.not_nervous { border-color: #009E73; }
#picture .html-container { padding: 0; }
.eg-picture img, .eg-chart img { display: block; width: 100%; height: auto; border-radius: .3rem; }
.eg-empty { display: grid; place-items: center; min-height: 12rem; opacity: .8; }
.eg-answer { max-width: 52rem; }
.eg-answer .eg-picture img { width: auto; max-width: 100%; max-height: 34rem; }
.eg-answer .eg-download { display: inline-block; margin-top: .6rem; padding: 0; }
"""


def picture(jpeg: bytes, words: str) -> str:
    """A picture that stands in the page itself, with its words for those who do not see it."""
    return f'<div class="eg-picture"><img src="{_uri("image/jpeg", jpeg)}" alt="{escape(words)}"></div>'


def nothing_yet(words: str) -> str:
    """What stands where nothing is to be seen yet."""
    return f'<div class="eg-empty">{escape(words)}</div>'


def named(faces: Sequence[FaceResult]) -> str:
    """'Happy 97 %, Neutral 60 %': the faces from left to right."""
    found = ", ".join(f"{face.label.title} {percent_text(face.confidence)}" for face in faces)
    return found or _("No face is seen.")


def probabilities(faces: Sequence[FaceResult]) -> str:
    """Bars of the face that counts, or of the first; empty ones where there is none."""
    face = next((each for each in faces if each.candidate), faces[0] if faces else None)
    values = face.probabilities if face else (0.0,) * len(EMOTIONS)
    note = named(faces) if not face or face.problem is None else _("This face cannot be judged well at the moment.")
    shown = dict(zip(EMOTIONS, values, strict=True))
    title = _title(_("This moment"))
    return f'{title}{_bars(shown, {})}<p class="eg-note">{escape(note)}</p>'


def shares(statistics: EmotionStatistics | None, rule: NervousnessRule) -> str:
    """Bars of what was counted, each with a line at its threshold."""
    statistics = statistics or EmotionStatistics()
    seconds = duration_text(statistics.face_duration_s)
    note = _("{seconds} with a face that counts; the lines are the thresholds.").format(seconds=seconds)
    counted = [emotion for emotion in EMOTIONS if emotion in rule.counted]
    bars = _bars(statistics.shares(counted), rule.thresholds)
    title = _title(_("Share of face time"))
    return f'{title}{bars}<p class="eg-note">{escape(note)}</p>'


def verdict(statistics: EmotionStatistics | None, rule: NervousnessRule) -> str:
    """The verdict with its reason, and always with what it does not mean."""
    judgement = judge(statistics or EmotionStatistics(), rule)
    found = judgement.verdict
    head = f"{_SIGNS.get(found, _NO_SIGN)} {found.title}"
    return (
        f'<div class="eg-verdict {found.name.lower()}"><strong>{escape(head)}</strong>{escape(judgement.reason)}'
        f'<p class="eg-note">{escape(_(CAVEAT))}</p></div>'
    )


def answer(found: Answer) -> str:
    """All about a file but its verdict: the picture, charts, notes and the table to be saved."""
    notes = "".join(f'<p class="eg-note">{escape(note)}</p>' for note in found.notes)
    charts = "".join(map(_chart, found.figures))
    table = _uri("text/csv", found.table)
    words = escape(_("Table of all results (CSV)"))
    return (
        f'<div class="eg-answer">{_title(found.title)}{picture(found.picture, found.picture_words)}'
        f'<p class="eg-note">{escape(found.picture_words)}</p>{charts}{notes}'
        f'<a class="eg-download" download="results.csv" href="{table}">{words}</a></div>'
    )


def agreement(text: AgreementText) -> str:
    """A text to agree to, as Markdown."""
    passages = "\n\n".join(f"**{passage.heading}**\n\n{passage.text}" for passage in text.passages)
    return f"### {text.title}\n\n{text.lead}\n\n{passages}"


def _title(words: str) -> str:
    return f'<div class="eg-title">{escape(words)}</div>'


def _chart(figure: Figure) -> str:
    return (
        f'{_title(figure.caption)}<picture class="eg-chart">'
        f'<source media="(prefers-color-scheme: dark)" srcset="{figure.dark}">'
        f'<img src="{figure.light}" alt="{escape(figure.words)}"></picture>'
    )


def _bars(values: Mapping[Emotion, float], marks: Mapping[Emotion, float]) -> str:
    return f'<div class="eg-bars">{"".join(_row(each, value, marks.get(each)) for each, value in values.items())}</div>'


def _row(emotion: Emotion, value: float, mark: float | None) -> str:
    line = "" if mark is None else f'<div class="eg-mark" style="left: {mark:g}%"></div>'
    bar = f'<div class="eg-bar" style="width: {100 * value:.1f}%; background: {emotion.color}"></div>'
    return (
        f'<span>{escape(emotion.title)}</span><div class="eg-track">{bar}{line}</div>'
        f'<span class="eg-figure">{percent_text(value)}</span>'
    )


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
