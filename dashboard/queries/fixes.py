"""What to fix first in a repository, and the way to its next grade."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import TextField
from django.db.models.functions import Cast

from dashboard.queries.repository import Standing, standings
from scanner.domain.findings import Charge, Tally
from scanner.domain.fix_plan import NO_CHANGES, Step, in_turn, largest, outline, score_with
from scanner.storage.models import Finding, Repository

MOST_WEIGHED: Final = 2_000
"""Findings that are weighed, dearest first; the rest gain next to nothing."""

SHOWN: Final = 8
AFTERWARDS: Final = 2  # fixes shown beyond the next grade


@dataclass(frozen=True, slots=True)
class Sums:
    """A standing as the plan reads it."""

    key: str
    applicable: bool
    tally: Tally
    grace: int
    rigour: float
    weight: float


@dataclass(frozen=True, slots=True)
class Stored:
    """A finding as the plan reads it."""

    fingerprint: str
    principle: str
    effort: int
    charges: tuple[Charge, ...]
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """One fix of the plan. Texts come from the repository and are hostile."""

    rule: str
    message: str
    path: str
    line: int
    gain: float  # points
    effort: int  # minutes
    score_after: float  # with all fixes before it
    changes: int  # of its file, lately


@dataclass(frozen=True, slots=True)
class Plan:
    """Fixes in order: those on the way to the next grade, then some beyond it.

    The gain of each counts those before it in its list.
    """

    fixes: tuple[Fix, ...]  # on the way, the most points for their time first
    afterwards: tuple[Fix, ...]  # beyond the grade
    largest: tuple[Fix, ...]  # the most points first, however long they take
    grade: str  # "" at the best grade, or where it is out of reach
    count: int  # all fixes of the way
    effort: int  # minutes for all of them
    score: float  # at the end of the way
    gain: float  # points of all of them together

    @property
    def more(self) -> int:
        """Fixes of the way that are not shown."""
        return self.count - len(self.fixes)


_Row = tuple[str, str, int, str]
"""Fingerprint, principle, minutes, and the charges as JSON, which is only read when it is new."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A plan before its fixes are named."""

    grade: str
    steps: tuple[Step, ...]  # of the whole way
    first: tuple[Step, ...]
    most: tuple[Step, ...]
    later: tuple[Step, ...] = ()


def plan(
    repository: int, standings: Sequence[Standing], changes: Mapping[str, int] = NO_CHANGES
) -> Plan | None:
    """The plan, in two queries; None when nothing can be gained. `changes` are those of files."""
    sums = tuple(_sums(one) for one in standings)
    order = _order(sums, _dearest(repository), frozenset(changes.items()))
    if order is None:
        return None
    wanted = [*order.first, *order.later, *order.most]
    found = _named(repository, wanted)
    first, later, most = (
        tuple(_fix(step, found[step.fingerprint], changes) for step in steps)
        for steps in (order.first, order.later, order.most)
    )
    return Plan(
        fixes=first,
        afterwards=later,
        largest=most,
        grade=order.grade,
        count=len(order.steps),
        effort=sum(step.effort for step in order.steps),
        score=order.steps[-1].score_after,
        gain=sum(step.gain for step in order.steps),
    )


def _order(
    sums: tuple[Sums, ...], rows: tuple[_Row, ...], changed: frozenset[tuple[str, int]]
) -> _Order | None:
    """The order of fixes."""
    changes, findings = dict(changed), [_stored(row) for row in rows]
    way, ranked = outline(sums, findings, changes)
    if not ranked:
        return None
    most = largest(sums, findings, ranked, SHOWN)
    if way is None or not way.reached:
        best = [step.fingerprint for step in ranked[:SHOWN]]
        first = in_turn(sums, findings, best)
        return _Order("", first, first, most)
    chosen = {step.fingerprint for step in way.steps}
    rest = [step.fingerprint for step in ranked if step.fingerprint not in chosen]
    later = in_turn(sums, findings, rest[:AFTERWARDS], chosen)
    return _Order(way.grade, way.steps, way.steps[:SHOWN], most, later)


def _sums(standing: Standing) -> Sums:
    tally = Tally(conforming=standing.conforming, debt=standing.debt, n=standing.n)
    return Sums(
        standing.label.key,
        standing.applicable,
        tally,
        standing.grace,
        standing.rigour,
        standing.weight,
    )


def _dearest(repository: int) -> tuple[_Row, ...]:
    rows = Finding.objects.filter(repository=repository, fixed_in=None, points__gt=0)
    told = rows.annotate(told=Cast("charges", TextField()))
    columns = ("fingerprint", "principle", "effort", "told")
    dearest = told.order_by("-points", "fingerprint").values_list(*columns)
    return tuple(dearest[:MOST_WEIGHED])


def _stored(row: _Row) -> Stored:
    fingerprint, principle, effort, told = row
    charges = tuple(_charge(one) for one in json.loads(told))
    return Stored(fingerprint, principle, effort, charges)


def _charge(row: Mapping[str, str | int]) -> Charge:
    return Charge(
        path=str(row["path"]),
        line=int(row["line"]),
        cost=int(row["cost"]),
        site=str(row.get("site", "")),
        mass=int(row.get("mass", 0)),
    )


_Named = tuple[str, str, str, int]
"""The rule, message, path and line of a finding."""


def _named(repository: int, steps: Sequence[Step]) -> dict[str, _Named]:
    """The findings behind some steps, by fingerprint."""
    rows = Finding.objects.filter(
        repository=repository,
        fixed_in=None,
        fingerprint__in=[step.fingerprint for step in steps],
    ).values_list("fingerprint", "rule", "message", "path", "line")
    return {row[0]: row[1:] for row in rows}


def _fix(step: Step, named: _Named, changes: Mapping[str, int]) -> Fix:
    return Fix(
        *named,
        gain=step.gain,
        effort=step.effort,
        score_after=step.score_after,
        changes=changes.get(named[2], 0),
    )


def gain_together(repository: Repository, fingerprints: Collection[str]) -> float:
    """Points that the score gains when all of these are fixed or accepted, in two queries."""
    sums = [_sums(one) for one in standings(repository.latest, {})]
    findings = [_stored(row) for row in _dearest(repository.pk)]
    now = score_with(sums, findings, ())
    return score_with(sums, findings, set(fingerprints)) - now
