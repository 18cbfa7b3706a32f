"""Findings over the points of a chain, as open intervals between places; pure.

A point has a place: how many commits of its chain lie before it. A stretch of a finding is there at
every known point between two places, both left out. Points come in any order, newest first or
between others, and go at any time: what matters is that of each known point exactly those stretches
hold its place that were found in it. Of points that are not known nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

BEGINNING: Final = -1
"""Before all places."""

END: Final = 2_147_483_647
"""After all places."""


class Named(NamedTuple):
    """What a fingerprint stands for."""

    rule: str
    path: str
    symbol: str


@dataclass(slots=True, eq=False)
class Stretch:
    """A finding between two places. One that is not stored yet has no key."""

    fingerprint: str
    after: int
    before: int
    key: int | None = None

    def holds(self, place: int) -> bool:
        """Whether the finding is there at a known point."""
        return self.after < place < self.before


class Strand:
    """The stretches of one chain, or of a part of it, and the places of its known points.

    `stretches` holds at least all that meet the gaps around the points that are put.
    """

    def __init__(self, places: Iterable[int], stretches: Iterable[Stretch]) -> None:
        self._places = sorted(places)
        self._of: dict[str, list[Stretch]] = defaultdict(list)
        self._afters: dict[Stretch, None] = {}  # stored ones of which an end has moved
        self._befores: dict[Stretch, None] = {}
        self._made: dict[Stretch, None] = {}
        self.gone: list[int] = []  # keys
        for each in stretches:
            self._of[each.fingerprint].append(each)

    @property
    def made(self) -> tuple[Stretch, ...]:
        """Those that are not stored yet."""
        return tuple(self._made)

    @property
    def afters(self) -> list[tuple[int, int]]:
        """The new older ends of stored ones, each with its key."""
        return [(each.after, each.key) for each in self._afters if each.key is not None]

    @property
    def befores(self) -> list[tuple[int, int]]:
        """The new newer ends of stored ones, each with its key."""
        return [(each.before, each.key) for each in self._befores if each.key is not None]

    def found_at(self, place: int) -> dict[str, Stretch]:
        """What is there at a point, by fingerprint."""
        return {
            each.fingerprint: each
            for several in self._of.values()
            for each in several
            if each.after < place < each.before
        }

    def put(self, place: int, found: Mapping[str, Named]) -> None:
        """Know from now on what was found at a place, whatever was known of it before."""
        older, newer = self._around(place)
        held = self.found_at(place)
        for name, stretch in held.items():
            if name not in found:
                self._part(stretch, place, older, newer)
        for name in found:
            if name not in held:
                self._join(name, older, newer)
        at = bisect_left(self._places, place)
        if self._places[at : at + 1] != [place]:
            insort(self._places, place)

    def _around(self, place: int) -> tuple[int, int]:
        """The places of the points before and after it."""
        at = bisect_left(self._places, place)
        next_ = at + (self._places[at : at + 1] == [place])
        older = self._places[at - 1] if at else BEGINNING
        newer = self._places[next_] if next_ < len(self._places) else END
        return older, newer

    def _part(self, held: Stretch, place: int, older: int, newer: int) -> None:
        """A finding is not there at a place: of its stretch stays what holds other points."""
        is_before, is_after = held.after < older, newer < held.before
        if is_before and is_after:
            self._add(held.fingerprint, place, held.before)
        if is_before:
            held.before = place
            self._befores[held] = None
        elif is_after:
            held.after = place
            self._afters[held] = None
        else:
            self._drop(held)

    def _join(self, name: str, older: int, newer: int) -> None:
        """A finding is there between two points: its stretches at them grow together."""
        after, before = older, newer
        for each in list(self._of[name]):
            if each.after >= newer or each.before <= older:
                continue
            if each.holds(older):
                after = each.after
            if each.holds(newer):
                before = each.before
            self._drop(each)
        self._add(name, after, before)

    def _add(self, name: str, after: int, before: int) -> None:
        made = Stretch(name, after, before)
        self._of[name].append(made)
        self._made[made] = None

    def _drop(self, stretch: Stretch) -> None:
        self._of[stretch.fingerprint].remove(stretch)
        for changed in (self._made, self._afters, self._befores):
            changed.pop(stretch, None)
        if stretch.key is not None:
            self.gone.append(stretch.key)
