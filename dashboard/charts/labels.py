"""Labels that keep clear of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class _Group:
    """Labels that touch and move together around a centre."""

    members: list[int]
    centre: float

    def reach(self, gap: float) -> float:
        return (len(self.members) - 1) * gap / 2


def dodge(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart to at least `gap`, as little as possible, inside [low, high].

    The order is kept. Where they cannot all fit, the gap shrinks to what there is room for.
    """
    if not wanted:
        return []
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    aims = [min(max(place, low), high) for place in wanted]
    groups: list[_Group] = []
    for index in sorted(range(len(aims)), key=lambda i: aims[i]):
        groups.append(_Group([index], aims[index]))
        _settle(groups, aims, gap, low, high)
    return _spread(groups, gap, len(aims))


def _settle(
    groups: list[_Group], aims: Sequence[float], gap: float, low: float, high: float
) -> None:
    while len(groups) > 1:
        left, right = groups[-2], groups[-1]
        if right.centre - right.reach(gap) >= left.centre + left.reach(gap) + gap:
            return
        merged = _Group([*left.members, *right.members], 0.0)
        centre = sum(aims[index] for index in merged.members) / len(merged.members)
        merged.centre = min(max(centre, low + merged.reach(gap)), high - merged.reach(gap))
        groups[-2:] = [merged]


def _spread(groups: Sequence[_Group], gap: float, count: int) -> list[float]:
    places = [0.0] * count
    for group in groups:
        for rank, index in enumerate(group.members):
            places[index] = group.centre - group.reach(gap) + rank * gap
    return places
