"""Which commit brought a finding, from the commits that brought its lines; pure.

Of a place it is the newest commit on its lines: any change of them would have made another one.
Of a cycle it is the newest of its imports, the one that closed it. Of any other whole (a function,
a class, a file) it is the newest of those commits on its lines, else in its file, that came between
the two scans that saw it appear. A whole that was there at the first scan belongs to the commit
that brought its middle line by age, by which half of it was there: the last one who touched it may
have changed a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Provenance(NamedTuple):
    """The commit that brought a line. Its author is hostile text."""

    commit: str
    author: str
    at: datetime  # of the commit, in UTC
    is_edge: bool = False  # the history here does not go back further: this commit or an older one


class Span(NamedTuple):
    """Lines of a file, the last one included."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Traced:
    """What is asked: the lines of a finding and what it is about."""

    spans: tuple[Span, ...]
    is_place: bool  # one node, not a whole
    is_cycle: bool


Blame = Mapping[str, Mapping[int, Provenance]]
"""Provenance by path and line."""


def introduced(traced: Traced, blame: Blame, since: Set[str] = frozenset()) -> Provenance | None:
    """The commit that brought a finding; None when nothing is known of its lines.

    `since` holds the commits between the scan that did not find it and the one that did.
    """
    lines = list(_lines(traced, blame))
    if not lines:
        return None
    if traced.is_place or traced.is_cycle:
        return _newest(lines)
    everything = (line for span in traced.spans for line in blame.get(span.path, {}).values())
    recent = _recent(lines, since) or _recent(everything, since)
    return _newest(recent) if recent else _middle(lines)


def _lines(traced: Traced, blame: Blame) -> Iterator[Provenance]:
    for path, first, last in traced.spans:
        known = blame.get(path, {})
        yield from (known[line] for line in range(first, last + 1) if line in known)


def _recent(lines: Iterable[Provenance], since: Set[str]) -> list[Provenance]:
    return [line for line in lines if line.commit in since]


def _newest(lines: Sequence[Provenance]) -> Provenance:
    return max(lines, key=_age)


def _middle(lines: Sequence[Provenance]) -> Provenance:
    return sorted(lines, key=_age)[len(lines) // 2]


def _age(line: Provenance) -> tuple[datetime, str]:
    return (line.at, line.commit)
