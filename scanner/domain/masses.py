"""The masses of all principles of a snapshot in one value, so that those of many add up quickly.

Terms are a text: principle, rigour and weight of each that applies. Figures are three whole numbers
for each, in the same order: conforming, debt and grace. Snapshots with the same terms are added up
column by column.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from struct import Struct
from typing import Final, NamedTuple

from scanner.domain.rubric import KEYS

_PLACES: Final = {key: place for place, key in enumerate(KEYS)}
_FIGURES: Final = 3


class Mass(NamedTuple):
    """One principle where it applies, of a repository or of several; masses in millionths."""

    principle: str
    conforming: int
    debt: int
    grace: int
    rigour: float
    weight: float


class Packed(NamedTuple):
    """The masses of a snapshot."""

    terms: str
    figures: bytes


NOTHING: Final = Packed("", b"")


def packed(masses: Iterable[Mass]) -> Packed:
    """Those of one snapshot, of the principles that apply."""
    found = sorted(masses, key=lambda mass: _PLACES.get(mass.principle, len(_PLACES)))
    terms = [[mass.principle, mass.rigour, mass.weight] for mass in found]
    figures = [each for mass in found for each in (mass.conforming, mass.debt, mass.grace)]
    return Packed(json.dumps(terms, separators=(",", ":")), _layout(len(found)).pack(*figures))


def added(several: Iterable[Packed]) -> Iterator[Mass]:
    """The sums over snapshots, apart where terms differ."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for one in several:
        groups[one.terms].append(one.figures)
    for text, figures in groups.items():
        terms = json.loads(text) if text else []
        unpack = _layout(len(terms)).unpack
        sums = [sum(column) for column in zip(*map(unpack, figures), strict=True)]
        for place, (principle, rigour, weight) in enumerate(terms):
            conforming, debt, grace = sums[_FIGURES * place : _FIGURES * (place + 1)]
            yield Mass(principle, conforming, debt, grace, rigour, weight)


@lru_cache
def _layout(principles: int) -> Struct:
    return Struct(f"<{_FIGURES * principles}q")
