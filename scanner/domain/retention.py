"""Which points of a trend are kept for ever.

The points of the last year all stay. Of older ones the last of each week stays, and what tells a
story by itself: releases, the first and the latest verdict, changes of the rubric.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple


class StoredPoint(NamedTuple):
    """What is known of a stored point."""

    id: int
    committed_at: datetime
    judged_at: datetime
    is_scanned: bool  # a scan's verdict, at which findings begin and end; else a backfilled point
    is_vanished: bool  # its commit left the branch
    is_special: bool  # it tells a story by itself


def dispensable(points: Sequence[StoredPoint], horizon: datetime) -> list[StoredPoint]:
    """Those that may go, oldest first: from before the horizon, and not the last of their week.

    A week is an ISO week in UTC. Verdicts of scans, backfilled points and those of vanished
    commits are three kinds; each keeps its own last point.
    """
    ordered = sorted(points, key=lambda point: (point.committed_at, point.judged_at, point.id))
    last = {_place(point): point.id for point in ordered}
    return [
        point
        for point in ordered
        if point.committed_at < horizon and not point.is_special and last[_place(point)] != point.id
    ]


def _place(point: StoredPoint) -> tuple[int, int, bool, bool]:
    year, week, _ = point.committed_at.astimezone(UTC).isocalendar()
    return year, week, point.is_scanned, point.is_vanished
