"""The masses of all principles of a snapshot in one value, so that those of many add up quickly.

Terms are a text: principle, rigour and weight of each, also of those that do not apply. Figures are
four whole numbers for each, in the same order: whether it applies, conforming, debt and grace, each
in a lane of sixteen bytes. A lane has room for the sum of any number of snapshots: those with the
same terms are added up as one number.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from math import isnan, nan
from struct import Struct
from typing import Final, NamedTuple

from scanner.domain.rubric import KEYS

_PLACES: Final = {key: place for place, key in enumerate(KEYS)}
_FIGURES: Final = 4
_LANE: Final = 16  # bytes


class Mass(NamedTuple):
    """One principle where it applies, of a repository or of several; masses in millionths."""

    principle: str
    conforming: int
    debt: int
    grace: int
    rigour: float
    weight: float


class Packed(NamedTuple):
    """The masses of a snapshot, and the scores of its principles."""

    terms: str
    figures: bytes
    scores: bytes = b""


class Judged(NamedTuple):
    """One principle of a snapshot. The score is None where it does not apply."""

    mass: Mass
    applies: bool
    score: float | None


NOTHING: Final = Packed("", b"")


def packed(several: Iterable[Judged]) -> Packed:
    """The principles of one snapshot."""
    found = sorted(several, key=lambda one: _PLACES.get(one.mass.principle, len(_PLACES)))
    terms = [[one.mass.principle, one.mass.rigour, one.mass.weight] for one in found]
    figures = [figure for one in found for figure in _figures(one)]
    scores = [one.score if one.applies and one.score is not None else nan for one in found]
    return Packed(
        json.dumps(terms, separators=(",", ":")),
        b"".join([figure.to_bytes(_LANE, "little") for figure in figures]),
        Struct(f"<{len(scores)}d").pack(*scores),
    )


def _figures(one: Judged) -> tuple[int, int, int, int]:
    if not one.applies:
        return 0, 0, 0, 0
    return 1, one.mass.conforming, one.mass.debt, one.mass.grace


def scores_of(several: Packed) -> dict[str, float]:
    """The scores by principle, of those that apply and have one."""
    names = [name for name, *_ in _terms(several.terms)]
    scores = Struct(f"<{len(names)}d").unpack(several.scores)
    pairs = zip(names, scores, strict=True)
    return {name: score for name, score in pairs if not isnan(score)}


def added(several: Iterable[Packed]) -> Iterator[Mass]:
    """The sums over snapshots, apart where terms differ."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for one in several:
        groups[one.terms].append(one.figures)
    for text, figures in groups.items():
        terms = _terms(text)
        lanes = iter(_lanes(figures, _FIGURES * len(terms)))
        for principle, rigour, weight in terms:
            applies, conforming, debt, grace = islice(lanes, _FIGURES)
            if applies:
                yield Mass(principle, conforming, debt, grace, rigour, weight)


def _lanes(figures: Iterable[bytes], count: int) -> list[int]:
    """The sums, lane by lane."""
    total = sum([int.from_bytes(one, "little") for one in figures])
    lanes = total.to_bytes(_LANE * count, "little")
    starts = range(0, len(lanes), _LANE)
    return [int.from_bytes(lanes[start : start + _LANE], "little") for start in starts]


@lru_cache
def _terms(text: str) -> tuple[tuple[str, float, float], ...]:
    rows = json.loads(text) if text else []
    return tuple((principle, rigour, weight) for principle, rigour, weight in rows)
