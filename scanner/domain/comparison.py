"""What moved a score from one verdict to another, in parts that sum to the difference; pure.

The points of a verdict's findings sum to 100 minus its score, so the difference of two scores is
what the findings of the one take less what those of the other take. Of a finding that both have,
the difference is split: its cost times the newer rate is `changed`, and what the older cost takes
more or less because the amount of code is another is `structure`. So is what comes or goes because
its principle begins or ceases to apply, or its file to be judged: nobody wrote or mended it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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

    def plus(self, kind: Kind, points: float) -> Comparison:
        """The same with a newer score that is so much higher for another reason."""
        parts = {**self.parts, kind: self.parts[kind] + points}
        return replace(self, score_to=self.score_to + points, parts=parts)


def compare(before: Assessment, after: Assessment, changes: Changes) -> Comparison:
    """Put two verdicts by the same rubric side by side; `changes` tells which findings are one."""
    came_and_went = [*_came_and_went(before, after, changes)]
    both = [*_of_both_verdicts(before, after, changes)]
    parts: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
    for effect in (*came_and_went, *both):
        parts[effect.kind] += effect.points
    told = [*came_and_went, *(each for each in both if each.kind != "structure")]
    told.sort(key=lambda each: (-abs(each.points), each.finding.path, each.finding.line))
    effects = tuple(each for each in told if each.points)
    return Comparison(before.score, after.score, parts, effects)


def _came_and_went(before: Assessment, after: Assessment, changes: Changes) -> Iterator[Effect]:
    gone, came = _Blind(after), _Blind(before)
    was_open = {old for old, _ in changes.still_open}
    for finding in before.findings:
        if finding.fingerprint not in was_open:
            kind: Kind = "structure" if gone.to(finding) else "fixed"
            yield Effect(kind, finding.points, finding)
    is_open = {new for _, new in changes.still_open}
    for finding in after.findings:
        if finding.fingerprint not in is_open:
            kind = "structure" if came.to(finding) else "new"
            yield Effect(kind, -finding.points, finding)


def _of_both_verdicts(before: Assessment, after: Assessment, changes: Changes) -> Iterator[Effect]:
    olds = {finding.fingerprint: finding for finding in before.findings}
    news = {finding.fingerprint: finding for finding in after.findings}
    for old, new in changes.still_open:
        yield from _of_both(olds[old], news[new])


class _Blind:
    """What a verdict did not look at: principles that do not apply, files that are not judged."""

    def __init__(self, verdict: Assessment) -> None:
        self._principles = {each.key for each in verdict.principles if not each.applicable}
        self._paths = {each.path for each in verdict.excluded}
        self._paths |= {each.path for each in verdict.unmeasured}

    def to(self, finding: Finding) -> bool:
        """Whether it could not have seen a finding."""
        return finding.principle in self._principles or finding.path in self._paths


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
