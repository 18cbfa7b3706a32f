"""Findings of a point of the past as CSV; cells of what is not known are empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dashboard.csv_export import record_line
from dashboard.queries.past_findings import PastRow

HEADER: Final = (
    "rule",
    "principle",
    "points",
    "cost",
    "path",
    "line",
    "symbol",
    "message",
    "effort_minutes",
    "since_then",
    "since_then_commit",
    "since_then_at",
    "fingerprint",
)


def csv_lines(rows: Iterable[PastRow]) -> Iterator[str]:
    """The header and one record a finding."""
    yield record_line(HEADER)
    for row in rows:
        yield record_line(_values(row))


def _values(row: PastRow) -> tuple[str, ...]:
    spot, fate = row.spot, row.fate
    points = spot.points if spot else None
    return (
        row.rule,
        row.principle,
        "" if points is None else f"{points:.6f}",
        f"{spot.cost:.6f}" if spot else "",
        row.path,
        str(spot.line) if spot else "",
        row.symbol,
        spot.message if spot else "",
        str(spot.effort) if spot else "",
        fate.state,
        fate.commit,
        fate.at.isoformat() if fate.at else "",
        row.fingerprint,
    )
