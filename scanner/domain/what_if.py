"""What another rubric would say of points that are judged already: values and sums, no judging."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scanner.domain.findings import Finding, Tally
from scanner.domain.ledger import Ledger
from scanner.domain.rubric import Rubric

Tallies = Mapping[str, Tally]
"""By principle; one that does not apply has none."""


@dataclass(frozen=True, slots=True)
class KnownPoint:
    """A commit as it was judged. `rubric` is None where its content was not kept."""

    commit: str
    at: datetime
    coverage: float
    engine: str
    rubric: Rubric | None
    tallies: Tallies
    is_scanned: bool = False  # what the team had accepted is left out of its score


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of one commit by one rubric; a principle that does not apply has none."""

    score: float
    principles: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class PointEffect:
    """The overall scores of one commit by both rubrics."""

    commit: str
    at: datetime
    coverage: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class RuleSum:
    """The open findings of one rule: how many, and their whole cost in millionths."""

    principle: str
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What becomes of the open findings of one rule, in numbers and in points of the score."""

    code: str
    came: int
    went: int
    count: int  # afterwards
    points_before: float
    points_after: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest verdict of a repository by one rubric."""

    tallies: Tallies
    rules: Mapping[str, RuleSum] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)  # rule by fingerprint, open ones


def weighed(tallies: Tallies, rubric: Rubric) -> Weighed:
    """Scores of tallies: the division is made anew, the sums are not."""
    scores = _ledger(tallies, rubric).principle_scores({})
    principles = {each.key: each.score for each in scores}
    return Weighed(_ledger(tallies, rubric).score_of(tallies), principles)


def rules_of(findings: Iterable[Finding]) -> Mapping[str, RuleSum]:
    """The open findings of each rule."""
    sums: dict[str, RuleSum] = {}
    for finding in findings:
        if not finding.accepted:
            so_far = sums.get(finding.rule, RuleSum(finding.principle, 0, 0))
            cost = so_far.cost + finding.cost
            sums[finding.rule] = RuleSum(finding.principle, so_far.count + 1, cost)
    return sums


def rule_effects(
    before: Standing, after: Standing, rubrics: tuple[Rubric, Rubric]
) -> tuple[RuleEffect, ...]:
    """The rules of which something differs, by code."""
    rates = [
        _ledger(each.tallies, rubric).rates
        for each, rubric in zip((before, after), rubrics, strict=True)
    ]
    came = _counted(after.findings, before.findings)
    went = _counted(before.findings, after.findings)
    found = []
    for code in sorted(before.rules.keys() | after.rules.keys()):
        points = [
            _points(each.rules.get(code), rate)
            for each, rate in zip((before, after), rates, strict=True)
        ]
        new, old = came.get(code, 0), went.get(code, 0)
        if new or old or points[0] != points[1]:
            there = after.rules.get(code)
            found.append(RuleEffect(code, new, old, there.count if there else 0, *points))
    return tuple(found)


def _ledger(tallies: Tallies, rubric: Rubric) -> Ledger:
    return Ledger(rubric, frozenset(tallies), {"": tallies})


def _points(rule: RuleSum | None, rates: Mapping[str, float]) -> float:
    return rule.cost * rates.get(rule.principle, 0.0) if rule else 0.0


def _counted(findings: Mapping[str, str], others: Collection[str]) -> Mapping[str, int]:
    """By rule, how many findings are not among the others."""
    counts: dict[str, int] = {}
    for fingerprint, rule in findings.items():
        if fingerprint not in others:
            counts[rule] = counts.get(rule, 0) + 1
    return counts
