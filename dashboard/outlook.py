"""What the page of a repository says of its files and what to fix first.

All of it follows from one verdict, so a process keeps it until there is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from dashboard.folders import FolderMap, folder_map
from dashboard.hotspots import Hotspots, churn, hotspots, is_counted
from dashboard.queries.access import Frame
from dashboard.queries.fixes import Plan, plan
from dashboard.queries.repository import (
    FilePlace,
    Overview,
    RuleCost,
    Standing,
    file_places,
    worst,
)

WORST_FILES: Final = 10
KEPT: Final = 64
"""Outlooks of a process, of about 150 kB each."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The parts of the page that are made of files and of the dearest findings."""

    plan: Plan | None
    hotspots: Hotspots | None
    is_counted: bool  # whether changes of files are
    map: FolderMap | None
    worst: tuple[FilePlace, ...]
    modules: int


@dataclass(frozen=True, slots=True)
class _Judged:
    """A verdict as its key: each has its own turn, and one that was judged again another time."""

    snapshot: int
    turn: int
    at: datetime


def outlook(page: Overview) -> Outlook | None:
    """Of the verdict that the page shows, in three queries or none; None before the first."""
    verdict = page.verdict
    if verdict is None:
        return None
    judged = _Judged(verdict.id, verdict.turn, verdict.judged_at)
    return _outlook(replace(page.frame, role=""), judged, page.standings, page.rules)


@lru_cache(maxsize=KEPT)
def _outlook(
    frame: Frame, judged: _Judged, standings: tuple[Standing, ...], rules: tuple[RuleCost, ...]
) -> Outlook:
    """Principles and rules stand in the key too, though they follow from the verdict as well."""
    files = file_places(frame.id)
    return Outlook(
        plan=plan(frame.id, standings, churn(files)),
        hotspots=hotspots(frame, files, brief=True),
        is_counted=is_counted(files),
        map=folder_map(frame, files),
        worst=tuple(worst(files, WORST_FILES)),
        modules=len(files),
    )
