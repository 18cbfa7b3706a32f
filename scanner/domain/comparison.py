"""What moved a score from one verdict to another, in parts that sum to the difference; pure.

The points of a verdict's findings sum to 100 minus its score, so the difference of two scores is
what the findings of the one take less what those of the other take. Of a finding that both have,
the difference is split: its cost times the newer rate is `changed`, and what the older cost takes
more or less because the amount of code is another is `structure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from scanner.domain.findings import Assessment, Finding
from scanner.domain.lifecycle import Changes

Kind = Literal["new", "fixed", "changed", "accepted", "rubric", "structure"]
KINDS: Final[tuple[Kind, ...]] = ("new", "fixed", "changed", "accepted", "rubric", "structure")


class Effect(NamedTuple):
    """What one finding did to the score. `points` is negative for what lowers it."""

    kind: Kind
    points: float
    finding: Finding  # as the newer verdict has it, unless it is fixed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two verdicts by the same engine, side by side."""

    score_from: float
    score_to: float
    parts: Mapping[Kind, float]  # all kinds, in order; they sum to the difference
    effects: tuple[Effect, ...]  # largest first; without what only the amount of code did


def compare(
    before: Assessment, after: Assessment, changes: Changes, rubric: float = 0.0
) -> Comparison:
    """Put two verdicts side by side.

    `changes` tells which findings are the same. `rubric` is what another rubric did to the newer
    score: `after` is then judged by the older one, and `score_to` counts it in.
    """
    effects = [*_effects(before, after, changes)]
    parts: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
    for effect in effects:
        parts[effect.kind] += effect.points
    parts["rubric"] += rubric
    told = sorted(
        (each for each in effects if each.kind != "structure" and each.points),
        key=lambda each: (-abs(each.points), each.finding.path, each.finding.line),
    )
    return Comparison(before.score, after.score + rubric, parts, tuple(told))


def _effects(before: Assessment, after: Assessment, changes: Changes) -> Iterator[Effect]:
    olds = {finding.fingerprint: finding for finding in before.findings}
    news = {finding.fingerprint: finding for finding in after.findings}
    gone, came = _not_applicable(after), _not_applicable(before)
    pairs = dict(changes.still_open)
    for fingerprint, finding in olds.items():
        if fingerprint not in pairs:
            kind: Kind = "structure" if finding.principle in gone else "fixed"
            yield Effect(kind, finding.points, finding)
    same = set(pairs.values())
    for fingerprint, finding in news.items():
        if fingerprint not in same:
            yield Effect(_kind_of_new(finding, came), -finding.points, finding)
    for old, new in pairs.items():
        yield from _of_both(olds[old], news[new])


def _kind_of_new(finding: Finding, came: frozenset[str]) -> Kind:
    return "structure" if finding.principle in came else "new"


def _of_both(old: Finding, new: Finding) -> Iterator[Effect]:
    """What a finding does that both verdicts have."""
    if old.accepted != new.accepted:
        yield Effect("accepted", old.points - new.points, new)
    elif not new.cost:
        yield Effect("changed", old.points, new)
    else:
        rate = new.points / new.cost
        yield Effect("changed", (old.cost - new.cost) * rate, new)
        yield Effect("structure", old.points - old.cost * rate, new)


def _not_applicable(verdict: Assessment) -> frozenset[str]:
    return frozenset(each.key for each in verdict.principles if not each.applicable)
