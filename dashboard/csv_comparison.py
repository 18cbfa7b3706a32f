"""A comparison as CSV that a spreadsheet shows and never runs: one record a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.csv_export import record_line
from scanner.application.comparison_record import ComparisonRecord, EffectRecord

HEADER: Final = (
    "kind",
    "effect",
    "rule",
    "principle",
    "path",
    "line",
    "symbol",
    "message",
    "commit",
    "authors",
    "committed",
    "subject",
    "fingerprint",
)


def csv_lines(record: ComparisonRecord) -> Iterator[str]:
    """The header and one record a finding, largest effect first."""
    yield record_line(HEADER)
    for effect in record.effects:
        yield record_line(_values(effect, record))


def _values(effect: EffectRecord, record: ComparisonRecord) -> tuple[str | float, ...]:
    step = None if effect.step is None else record.steps[effect.step]
    return (
        effect.kind,
        round(effect.effect, 6),
        effect.rule,
        effect.principle,
        effect.path,
        effect.line,
        effect.symbol,
        effect.message,
        step.commit if step else "",
        "; ".join(step.authors) if step else "",
        step.committed_at.isoformat() if step else "",
        step.subject if step else "",
        effect.fingerprint,
    )
