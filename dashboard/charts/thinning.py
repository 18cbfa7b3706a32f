"""A line with no more points than can be seen, and with every extreme of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

COLUMNS: Final = 240  # steps of the grid across the width
Place = tuple[float, float]


def thinned(places: Sequence[Place], columns: int = COLUMNS) -> tuple[Place, ...]:
    """At most four places in each column: where the line enters, its extremes, where it leaves.

    `places` are in order, x in percent of the width. A short line stays as it is.
    """
    if len(places) <= columns:
        return tuple(places)
    kept: list[Place] = []
    for _, group in groupby(places, key=lambda place: int(place[0] * columns / 100)):
        column = list(group)
        ends = {0, len(column) - 1}
        heights = range(len(column))
        ends.add(min(heights, key=lambda at: column[at][1]))
        ends.add(max(heights, key=lambda at: column[at][1]))
        kept += [column[at] for at in sorted(ends)]
    return tuple(kept)
