"""In what sessions differ besides their faces, so that nobody compares their shares blindly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _, plural

# Share of the counted time, 0 to 1. With less, the shares describe chosen moments and not the session.
LOW_USABLE_SHARE = 0.5
# Apart by more than this, two sessions were seen too unequally.
USABLE_APART = 0.2


def usable_share(record: SessionRecord) -> float:
    """Share of the counted time in which a face could be judged, 0 to 1; 0 for an empty session."""
    statistics = record.statistics
    return statistics.face_duration_s / statistics.duration_s if statistics.duration_s else 0.0


def reservations(records: Sequence[SessionRecord]) -> tuple[str, ...]:
    """One sentence for everything that stands against comparing these sessions; empty where nothing does."""
    return tuple(sentence for check in _CHECKS if (sentence := check(records)))


def _model(records: Sequence[SessionRecord]) -> str:
    if len({record.info.provenance.model_sha256 for record in records}) < 2:
        return ""
    names = ", ".join(sorted({record.info.provenance.model_name for record in records}))
    return _("Different models named the expressions ({names}); their shares are not on one scale.").format(names=names)


def _detector(records: Sequence[SessionRecord]) -> str:
    if len({record.info.provenance.detector for record in records}) < 2:
        return ""
    return _("Different face detectors were used; one may find faces that the other misses.")


def _baseline(records: Sequence[SessionRecord]) -> str:
    used = sum(1 for record in records if record.baselines)
    if used in {0, len(records)}:
        return ""
    return _("{used} of {all} sessions were corrected by a personal baseline, the rest were not.").format(
        used=used, all=len(records)
    )


def _smoothing(records: Sequence[SessionRecord]) -> str:
    values = {record.info.settings.get("smoothing_ms") for record in records}
    if len(values) < 2:
        return ""
    known = ", ".join(f"{value} ms" for value in sorted(value for value in values if isinstance(value, (int, float))))
    return _("Labels were held steady for different times ({times}).").format(times=known or "?")


def _crowd(records: Sequence[SessionRecord]) -> str:
    if len({bool(record.info.settings.get("count_everyone")) for record in records}) < 2:
        return ""
    return _("Some sessions count everyone in the picture, others only the candidate.")


def _usable(records: Sequence[SessionRecord]) -> str:
    shares = [usable_share(record) for record in records]
    if max(shares, default=0.0) - min(shares, default=0.0) > USABLE_APART:
        return _("The usable share of the time differs: from {least:.0f} % to {most:.0f} %.").format(
            least=100 * min(shares), most=100 * max(shares)
        )
    low = sum(1 for share in shares if share < LOW_USABLE_SHARE)
    if not low:
        return ""
    return plural(
        "{count} session was usable for less than half of its time.",
        "{count} sessions were usable for less than half of their time.",
        low,
    )


def _rules(records: Sequence[SessionRecord]) -> str:
    first = records[0].info.rule if records else None
    if all(record.info.rule == first for record in records):
        return ""
    return _("The verdicts follow different thresholds.")


_CHECKS: tuple[Callable[[Sequence[SessionRecord]], str], ...] = (
    _model,
    _detector,
    _baseline,
    _smoothing,
    _crowd,
    _usable,
    _rules,
)
