"""Which release tags are written on a trend: the greater ones, where they fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.charts.timeline import Timeline

MOST: Final = 9
GAP: Final = 9.0  # percent of the width between two names
LONGEST: Final = 12  # characters
_VERSION: Final = re.compile(r"\D*(\d+)\.(\d+)(?:\.(\d+))?(?:\.0+)*")


@dataclass(frozen=True, slots=True)
class Release:
    """A tag at the moment of its commit. The name comes from the repository and is hostile."""

    at: datetime
    name: str


def fitting(releases: Iterable[Release], timeline: Timeline) -> list[Release]:
    """The releases that are named, oldest first; greater ones win, then newer ones."""
    ranked = [(_rank(one.name), one.at, one) for one in releases if len(one.name) <= LONGEST]
    ranked = [each for each in ranked if each[0]]
    ranked.sort(key=lambda each: each[:2], reverse=True)
    kept: list[Release] = []
    for _, at, release in ranked:
        x = timeline.x(at)
        if len(kept) < MOST and all(abs(x - timeline.x(other.at)) >= GAP for other in kept):
            kept.append(release)
    return sorted(kept, key=lambda release: release.at)


def _rank(name: str) -> int:
    """3 for 5.0, 2 for 5.1, 1 for 5.1.2; 0 for what is no plain version."""
    version = _VERSION.fullmatch(name)
    if version is None:
        return 0
    minor, patch = int(version[2]), int(version[3] or 0)
    if patch:
        return 1
    return 2 if minor else 3
