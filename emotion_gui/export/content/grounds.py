"""The second part of a report: what the outcome rests on."""

from __future__ import annotations

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.settings import QUALITY, option_fields, option_of
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import clock_text, duration_text, percent_text
from emotion_gui.export.content.blocks import (
    Block,
    CardText,
    Column,
    Facts,
    Listing,
    Paragraph,
    Section,
    Table,
    UserText,
    table_of,
)
from emotion_gui.export.content.model_excerpt import CardMatch, ModelExcerpt, model_excerpt
from emotion_gui.export.content.wording import (
    NOTHING,
    baseline_text,
    consent_text,
    counted_text,
    date_text,
    event_details,
    event_name,
    extras_text,
    problem_name,
    purpose_name,
    share_text,
    smoothing_text,
    thresholds_text,
)


def grounds_sections(record: SessionRecord) -> tuple[Section, ...]:
    """Quality, method, consent, model and events, in this order."""
    return (
        Section(_("How much of the time was usable"), _quality(record)),
        Section(_("How it was measured"), _method(record)),
        Section(_("Consent and purpose"), _consent(record)),
        Section(_("The model and how good it is"), _model(record, model_excerpt(record.info.provenance))),
        Section(_("Events"), _events(record)),
    )


def quality_table(record: SessionRecord) -> Table:
    """Counted time by what could be seen in it."""
    statistics = record.statistics
    whole_s = statistics.duration_s
    parts = [
        (_("Usable: a face that counts"), statistics.face_duration_s),
        *((problem_name(problem), seconds) for problem, seconds in statistics.problem_s.items() if seconds),
        (_("No face that could count"), max(0.0, whole_s - statistics.seen_duration_s)),
        (_("Counted time"), whole_s),
    ]
    rows = tuple((name, duration_text(seconds), share_text(seconds, whole_s)) for name, seconds in parts)
    columns = (Column(_("Time with"), 3), Column(_("Time"), numeric=True), Column(_("Share"), numeric=True))
    return Table(_("Usable time, and why the rest was not"), columns, rows)


def _quality(record: SessionRecord) -> tuple[Block, ...]:
    note = _("Only usable time counts in the shares and the verdict; the rest was seen and left out.")
    return quality_table(record), Paragraph(note, quiet=True)


def _method(record: SessionRecord) -> tuple[Block, ...]:
    info = record.info
    rule, settings = info.rule, info.settings
    pairs = (
        (_("Who counts"), _who_counts(settings.get("count_everyone"))),
        (_("Smoothing"), smoothing_text(info)),
        (_("Baseline"), baseline_text(record)),
        (_("Thresholds"), thresholds_text(rule)),
        (_("Counted"), counted_text(rule)),
        (_("Verdict after"), _("{seconds:g} s of usable time").format(seconds=rule.min_face_s)),
        (_("Limits of quality"), _limits_text(record)),
        (
            _("Time"),
            _(
                "Time is counted, not frames: each result stands for the seconds since the one before it, so fast and "
                "slow machines agree. {frames} frames were analysed."
            ).format(frames=record.statistics.frames),
        ),
    )
    return Facts(pairs), *_baselines(record)


def _who_counts(everyone: object) -> str:
    if everyone is None:
        return _("Everyone in the picture: an older version of the program kept this session.")
    return (
        _("Everyone in the picture.") if everyone else _("The candidate alone; other faces are seen and not counted.")
    )


def _limits_text(record: SessionRecord) -> str:
    """'Face at least 48 px, light at least 8 % ...', as the settings name them."""
    settings = record.info.settings
    limits = [(option_of(entry), settings.get(entry.name)) for entry in option_fields()]
    parts = [
        f"{_(option.label)} {value:g} {option.unit}".rstrip()
        for option, value in limits
        if option.group == QUALITY and isinstance(value, (int, float))
    ]
    return "; ".join(parts) or _("None: an older version of the program kept this session.")


def _baselines(record: SessionRecord) -> tuple[Block, ...]:
    if not record.baselines:
        return ()
    columns = (
        Column(_("From"), 1.2),
        Column(_("Taken on"), 2.4),
        Column(_("Usable"), 1.4, numeric=True),
        *(Column(emotion.title, 1.2, numeric=True, emotion=emotion) for emotion in EMOTIONS),
    )
    rows = [
        (
            clock_text(applied.time_s),
            date_text(applied.baseline.taken_at),
            duration_text(applied.baseline.usable_s),
            *map(percent_text, applied.baseline.resting),
        )
        for applied in record.baselines
    ]
    return (table_of(_("The resting face: mean probabilities at rest"), columns, rows),)


def _consent(record: SessionRecord) -> tuple[Block, ...]:
    info = record.info
    extras = extras_text(info.consent)
    return (
        Facts(((_("Purpose"), purpose_name(info.purpose)),)),
        Paragraph(" ".join(filter(None, (consent_text(info.consent), extras)))),
    )


def _model(record: SessionRecord, excerpt: ModelExcerpt) -> tuple[Block, ...]:
    origin, card = record.info.provenance, excerpt.card
    pairs = [
        (_("Model"), UserText(origin.model_name)),
        (_("SHA-256"), origin.model_sha256 or NOTHING),
        (_("Face detector"), origin.detector),
        (_("Program"), f"Emotion GUI {origin.app_version}"),
    ]
    if card is None or excerpt.match is not CardMatch.EXACT:
        missing = (
            _("No card of this model comes with the program, so nothing can be said of how good it is.")
            if card is None
            else _("A card of this name describes another file, so its figures are not given here.")
        )
        return Facts(tuple(pairs)), Paragraph(missing)
    pairs += [(_("Trained on"), CardText(card.training_data)), (_("Chosen by"), CardText(card.selection))]
    blocks: list[Block] = [Facts(tuple(pair for pair in pairs if pair[1]))]
    if excerpt.classes:
        blocks += [class_table(excerpt), Paragraph(figures_note(excerpt), quiet=True)]
    if card.limits:
        blocks.append(Listing(tuple(map(CardText, card.limits))))
    return tuple(blocks)


def class_table(excerpt: ModelExcerpt) -> Table:
    """Precision and recall of each expression."""
    columns = (
        Column(_("Expression"), 2),
        Column(_("Right when it says so (precision)"), 2, numeric=True),
        Column(_("Found of all (recall)"), 2, numeric=True),
        Column(_("Faces"), numeric=True),
    )
    rows = tuple(
        (each.emotion.title, percent_text(each.precision), percent_text(each.recall), str(each.faces))
        for each in excerpt.classes
    )
    return Table(_("How good the model is at each expression"), columns, rows)


def figures_note(excerpt: ModelExcerpt) -> str:
    """Which faces and labels the figures come from."""
    note = _(
        "Measured on {faces} single pictures ({split}; copies: {copies}; compared with {labels} labels): {accuracy} "
        "were named as labelled. Figures on a face that moves and talks are not known and may be lower."
    )
    accuracy = f"{100 * (excerpt.accuracy or 0):.1f} %"
    return note.format(
        faces=excerpt.faces, split=excerpt.split, copies=excerpt.copies, labels=excerpt.labels, accuracy=accuracy
    )


def _events(record: SessionRecord) -> tuple[Block, ...]:
    if not record.events:
        return (Paragraph(_("Nothing happened beside the counting.")),)
    columns = (Column(_("Time")), Column(_("Event"), 2), Column(_("Details"), 5))
    rows = [
        (clock_text(each.time_s), event_name(each.kind), UserText(event_details(each.kind, each.text)))
        for each in record.events
    ]
    return (table_of(_("What happened beside the counting"), columns, rows),)
