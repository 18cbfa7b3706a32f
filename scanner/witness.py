"""Sees which findings stand at each step of a course; pure.

A course keeps sums and forgets offences. Its witness keeps of each offence what tells it from the
others and what it costs, so that of two steps it can say what came, what went and what grew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from scanner.domain.lifecycle import Trace
from scanner.rules.verdicts import Judged

WHOLE: Final = ""
"""The place of what all modules break together."""


class Sighting(NamedTuple):
    """A finding as it stands at one step."""

    trace: Trace
    principle: str
    cost: int  # millionths

    @property
    def fingerprint(self) -> str:
        """Its name at this step."""
        return self.trace.fingerprint


@dataclass(frozen=True, slots=True)
class Difference:
    """What one step did to the findings, each by its fingerprint."""

    came: Mapping[str, Sighting] = field(default_factory=dict)
    went: Mapping[str, Sighting] = field(default_factory=dict)
    grew: Mapping[str, int] = field(default_factory=dict)  # the change of the cost, in millionths


Sightings = dict[str, Sighting]


class Witness:
    """Follows a course. It is shown offences as they are judged, and asked after each step."""

    def __init__(self) -> None:
        self._places: dict[str, Sightings] = {}
        self._before: dict[str, Sightings] = {}  # of the places that were judged again
        self._applicable: frozenset[str] = frozenset()

    def see(self, place: str, offences: Iterable[Judged]) -> None:
        """What a module breaks now, or all of them together at `WHOLE`."""
        found = self._places.pop(place, {})
        self._before.setdefault(place, found)
        now = {each.fingerprint: _sighting(each) for each in offences}
        if now:
            self._places[place] = now

    def step(self, applicable: Collection[str]) -> Difference:
        """What differs from the step before, among the principles that apply now or did then."""
        old, new = self._applicable, frozenset(applicable)
        were, here = self._before, self._places
        self._before, self._applicable = {}, new
        places = were if old == new else {*were, *here}
        went: Sightings = {}
        came: Sightings = {}
        for place in places:
            now = here.get(place, {})
            _keep(went, were.get(place, now), old)
            _keep(came, now, new)
        return _difference(went, came)

    def standing(self) -> Sightings:
        """All that stands at the last step."""
        found: Sightings = {}
        for there in self._places.values():
            _keep(found, there, self._applicable)
        return found


def _sighting(judged: Judged) -> Sighting:
    offence = judged.offence
    paths = {judged.path, *(place.path for place in offence.related)}
    paths.update(cost.path for cost in offence.costs if cost.path and cost.amount)
    members = frozenset(paths) if len(paths) > 1 else frozenset[str]()
    return Sighting(
        Trace(
            judged.fingerprint, judged.rule.code, judged.path, offence.symbol, offence.digest,
            offence.line, members,
        ),
        judged.principle,
        offence.total,
    )  # fmt: skip


def _keep(found: Sightings, there: Sightings, applicable: frozenset[str]) -> None:
    found.update((name, each) for name, each in there.items() if each.principle in applicable)


def _difference(before: Sightings, after: Sightings) -> Difference:
    grew = {
        name: after[name].cost - before[name].cost
        for name in before.keys() & after.keys()
        if after[name].cost != before[name].cost
    }
    return Difference(
        {name: each for name, each in after.items() if name not in before},
        {name: each for name, each in before.items() if name not in after},
        grew,
    )
