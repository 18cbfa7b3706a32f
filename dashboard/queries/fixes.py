"""What to fix first in a repository, and the way to its next grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.queries.repository import Standing
from scanner.domain.findings import Charge, Tally
from scanner.domain.fix_plan import NO_CHANGES, Step, in_turn, outline
from scanner.storage.models import Finding

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
    """Fixes in order: those on the way to the next grade, then some beyond it."""

    fixes: tuple[Fix, ...]  # on the way, the largest gain first
    afterwards: tuple[Fix, ...]  # beyond the grade
    grade: str  # "" at the best grade, or where it is out of reach
    count: int  # all fixes of the way
    effort: int  # minutes for all of them
    score: float  # at the end of the way
    gain: float  # points of all of them together

    @property
    def more(self) -> int:
        """Fixes of the way that are not shown."""
        return self.count - len(self.fixes)


def plan(
    repository: int, standings: Sequence[Standing], changes: Mapping[str, int] = NO_CHANGES
) -> Plan | None:
    """The plan, in two queries; None when nothing can be gained. `changes` are those of files."""
    sums = [_sums(one) for one in standings]
    findings = _findings(repository)
    way, ranked = outline(sums, findings, changes)
    if not ranked:
        return None
    if way is None or not way.reached:
        first = in_turn(sums, findings, _largest(ranked[:SHOWN]))
        return _plan("", first, _named(repository, first, changes))
    chosen = {step.fingerprint for step in way.steps}
    rest = [step.fingerprint for step in ranked if step.fingerprint not in chosen]
    later = in_turn(sums, findings, rest[:AFTERWARDS], chosen)
    first = in_turn(sums, findings, _largest(way.steps))
    named = _named(repository, [*first, *later], changes)
    return _plan(way.grade, way.steps, named[: len(first)], named[len(first) :])


def _largest(steps: Sequence[Step]) -> list[str]:
    return [step.fingerprint for step in sorted(steps, key=lambda step: -step.gain)[:SHOWN]]


def _plan(
    grade: str, steps: Sequence[Step], first: Sequence[Fix], later: Sequence[Fix] = ()
) -> Plan:
    return Plan(
        fixes=tuple(first),
        afterwards=tuple(later),
        grade=grade,
        count=len(steps),
        effort=sum(step.effort for step in steps),
        score=steps[-1].score_after,
        gain=sum(step.gain for step in steps),
    )


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


def _findings(repository: int) -> list[Stored]:
    rows = Finding.objects.filter(repository=repository, fixed_in=None, points__gt=0)
    columns = ("fingerprint", "principle", "effort", "charges")
    dearest = rows.order_by("-points", "fingerprint").values_list(*columns)[:MOST_WEIGHED]
    return [
        Stored(fingerprint, principle, effort, tuple(_charge(one) for one in charges))
        for fingerprint, principle, effort, charges in dearest
    ]


def _charge(row: Mapping[str, str | int]) -> Charge:
    return Charge(
        path=str(row["path"]),
        line=int(row["line"]),
        cost=int(row["cost"]),
        site=str(row.get("site", "")),
        mass=int(row.get("mass", 0)),
    )


def _named(repository: int, steps: Sequence[Step], changes: Mapping[str, int]) -> list[Fix]:
    """The findings behind some steps, in their order."""
    rows = Finding.objects.filter(
        repository=repository,
        fixed_in=None,
        fingerprint__in=[step.fingerprint for step in steps],
    ).values_list("fingerprint", "rule", "message", "path", "line")
    found = {row[0]: row[1:] for row in rows}
    return [
        Fix(
            *found[step.fingerprint],
            gain=step.gain,
            effort=step.effort,
            score_after=step.score_after,
            changes=changes.get(found[step.fingerprint][2], 0),
        )
        for step in steps
    ]
