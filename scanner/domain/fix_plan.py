"""What to fix first, and the way to the next grade.

The gain of a set of fixes is the score recomputed with their costs turned off. Everything here
works on principle scores and on findings with their charges, whether they come from an assessment
or from stored rows.

Fixes are ordered by points per minute. Estimates of minutes are rough, so rates of the same band, a
quarter wide, count as the same; among those, a fix in a file that changes often comes first. The
changes of files decide nothing else: whatever they are, the way reaches the next grade, and no
step of it can be left out.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from scanner.domain.findings import MILLION, Charge, Tally
from scanner.domain.scoring import next_grade, overall, ratio

BAND: Final = 1.25  # rates closer than this may count as the same
NO_CHANGES: Final[Mapping[str, int]] = {}


class Fixable(Protocol):
    """A finding, or what is stored of one."""

    @property
    def fingerprint(self) -> str:
        """Its identity."""
        ...

    @property
    def principle(self) -> str:
        """The key of its principle."""
        ...

    @property
    def effort(self) -> int:
        """Minutes."""
        ...

    @property
    def accepted(self) -> bool:
        """Whether the score leaves it out already."""
        ...

    @property
    def charges(self) -> Sequence[Charge]:
        """What it costs, and where."""
        ...


class Standing(Protocol):
    """A principle's score, or what is stored of one."""

    @property
    def key(self) -> str:
        """The principle."""
        ...

    @property
    def applicable(self) -> bool:
        """Whether it counts here."""
        ...

    @property
    def tally(self) -> Tally:
        """Its sums."""
        ...

    @property
    def grace(self) -> int:
        """In millionths."""
        ...

    @property
    def rigour(self) -> float:
        """As in the rubric."""
        ...

    @property
    def weight(self) -> float:
        """As in the rubric."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One fix. In a list of single fixes `score_after` is the score with this fix alone."""

    fingerprint: str
    gain: float  # points of the overall score
    effort: int  # minutes
    score_after: float


@dataclass(frozen=True, slots=True)
class Way:
    """The fixes, in order, that lift a score to a grade; the last of them reaches it."""

    grade: str
    needs: float  # the score of that grade
    score: float  # today's
    steps: tuple[Step, ...]

    @property
    def effort(self) -> int:
        """Minutes for all steps."""
        return sum(step.effort for step in self.steps)

    @property
    def reached(self) -> bool:
        """Whether these fixes are enough; they are when all open findings were given."""
        return bool(self.steps) and self.steps[-1].score_after >= self.needs


def fix_first(
    principles: Sequence[Standing],
    findings: Iterable[Fixable],
    limit: int = 20,
    changes: Mapping[str, int] = NO_CHANGES,
) -> tuple[Step, ...]:
    """The single fixes with the most gain per minute, best first; `changes` are those of files."""
    book = _Book(principles)
    able = book.enter(findings)
    return tuple(_ranked(book, able, changes)[:limit])


def way_to_next_grade(
    principles: Sequence[Standing],
    findings: Iterable[Fixable],
    changes: Mapping[str, int] = NO_CHANGES,
) -> Way | None:
    """The way to the next better grade; None when the score has the best one."""
    return outline(principles, findings, changes)[0]


def outline(
    principles: Sequence[Standing],
    findings: Iterable[Fixable],
    changes: Mapping[str, int] = NO_CHANGES,
) -> tuple[Way | None, tuple[Step, ...]]:
    """The way to the next better grade, and all single fixes, best first."""
    book = _Book(principles)
    able = book.enter(findings)
    ranked = _ranked(book, able, changes)
    target = next_grade(book.score())
    way = None if target is None else _way(book, able, ranked, changes, *target)
    return way, tuple(ranked)


def in_turn(
    principles: Sequence[Standing],
    findings: Iterable[Fixable],
    order: Iterable[str],
    done: Collection[str] = (),
) -> tuple[Step, ...]:
    """Fixes one after the other: each gain and score counts those before it, and what is done."""
    book = _Book(principles)
    able = {finding.fingerprint: finding for finding in book.enter(findings)}
    for fingerprint in done:
        book.fix(able[fingerprint])
    return tuple(_fixed(book, able[fingerprint]) for fingerprint in order)


def largest(
    principles: Sequence[Standing],
    findings: Iterable[Fixable],
    ranked: Iterable[Step],
    limit: int,
) -> tuple[Step, ...]:
    """The fixes that lift a score most, however long they take, out of all single ones.

    Each is the largest once those before it are made, and its gain and score count them.
    """
    book = _Book(principles)
    able = {finding.fingerprint: finding for finding in book.enter(findings)}
    queues: dict[str, list[Fixable]] = {}
    for step in sorted(ranked, key=lambda step: (step.gain, -step.effort)):
        finding = able[step.fingerprint]
        queues.setdefault(finding.principle, []).append(finding)
    steps: list[Step] = []
    while queues and len(steps) < limit:
        key = max(queues, key=lambda key: book.with_fix(queues[key][-1]))
        steps.append(_fixed(book, queues[key].pop()))
        queues = {key: queue for key, queue in queues.items() if queue}
    return tuple(steps)


def score_with(
    principles: Sequence[Standing], findings: Iterable[Fixable], fixed: Collection[str]
) -> float:
    """The overall score once the findings with these fingerprints are fixed."""
    book = _Book(principles)
    for finding in book.enter(findings):
        if finding.fingerprint in fixed:
            book.fix(finding)
    return book.score()


@dataclass(slots=True)
class _Line:
    """One principle while fixes are tried: sums, and what is charged at each site."""

    conforming: int
    debt: int
    grace: int
    rigour: int
    weight: int
    charged: dict[tuple[str, str], int] = field(default_factory=dict)

    def enter(self, charge: Charge) -> None:
        if charge.mass:
            site = (charge.path, charge.site)
            self.charged[site] = self.charged.get(site, 0) + charge.cost

    def shift(self, charge: Charge, cost: int) -> None:
        """Take a cost from a site, or put it back when negative."""
        self.debt -= cost
        if charge.mass:
            site = (charge.path, charge.site)
            before = self.charged[site]
            self.charged[site] = before - cost
            self.conforming += min(charge.mass, before) - min(charge.mass, before - cost)

    def score(self) -> float:
        return ratio(self.conforming, self.debt, self.grace, self.rigour)


class _Book:
    """All principles that apply, with the score that follows from them."""

    def __init__(self, principles: Sequence[Standing]) -> None:
        self._lines = {
            each.key: _Line(
                each.tally.conforming,
                each.tally.debt,
                each.grace,
                round(each.rigour * MILLION),
                round(each.weight * MILLION),
            )
            for each in principles
            if each.applicable
        }
        self._scores = {key: (line.score(), line.weight) for key, line in self._lines.items()}

    def enter(self, findings: Iterable[Fixable]) -> list[Fixable]:
        """Note where the open findings are charged; returns those whose fix can gain."""
        able = [
            finding
            for finding in findings
            if not finding.accepted and finding.principle in self._lines and finding.charges
        ]
        for finding in able:
            for charge in finding.charges:
                self._lines[finding.principle].enter(charge)
        return able

    def score(self) -> float:
        return overall(list(self._scores.values()))

    def fix(self, finding: Fixable) -> None:
        self._shift(finding, 1)

    def undo(self, finding: Fixable) -> None:
        self._shift(finding, -1)

    def with_fix(self, finding: Fixable) -> float:
        """The score if this were fixed too."""
        self.fix(finding)
        score = self.score()
        self.undo(finding)
        return score

    def _shift(self, finding: Fixable, sign: int) -> None:
        line = self._lines[finding.principle]
        for charge in finding.charges:
            line.shift(charge, sign * charge.cost)
        self._scores[finding.principle] = (line.score(), line.weight)


class _Pull(NamedTuple):
    """How much speaks for a fix; the largest comes first."""

    band: int
    changes: int
    rate: float  # points per minute


def _pull(gain: float, finding: Fixable, changes: Mapping[str, int]) -> _Pull:
    rate = gain / max(1, finding.effort)
    band = math.floor(math.log(rate, BAND)) if rate > 0 else -sys.maxsize
    return _Pull(band, hotness(finding, changes), rate)


def hotness(finding: Fixable, changes: Mapping[str, int]) -> int:
    """The changes of the file that changed most among those that a finding is charged to."""
    return max((changes.get(charge.path, 0) for charge in finding.charges), default=0)


def _ranked(book: _Book, findings: Iterable[Fixable], changes: Mapping[str, int]) -> list[Step]:
    now = book.score()
    steps = []
    for finding in findings:
        step = _step(finding, now, book.with_fix(finding))
        steps.append((_pull(step.gain, finding, changes), step))
    steps.sort(key=lambda each: each[1].fingerprint)
    steps.sort(key=lambda each: each[1].effort)
    steps.sort(key=lambda each: each[0], reverse=True)
    return [step for _, step in steps]


def _step(finding: Fixable, before: float, after: float) -> Step:
    return Step(finding.fingerprint, after - before, finding.effort, after)


def _fixed(book: _Book, finding: Fixable) -> Step:
    """Fix it for good."""
    before = book.score()
    book.fix(finding)
    return _step(finding, before, book.score())


def _way(
    book: _Book,
    findings: Sequence[Fixable],
    ranked: Sequence[Step],
    changes: Mapping[str, int],
    letter: str,
    needs: float,
) -> Way:
    now = book.score()
    chosen = _greedy(book, findings, ranked, changes, needs)
    kept = _pruned(book, chosen, changes, needs)
    for finding in kept:
        book.undo(finding)
    return Way(letter, needs, now, tuple(_fixed(book, finding) for finding in kept))


def _greedy(
    book: _Book,
    findings: Sequence[Fixable],
    ranked: Sequence[Step],
    changes: Mapping[str, int],
    needs: float,
) -> list[Fixable]:
    """Fix what gains most per minute until the score is reached.

    Inside a principle the order of gains hardly changes while fixes are made, so each principle's
    findings are ranked once and only the best of each are weighed against each other.
    """
    by_id = {finding.fingerprint: finding for finding in findings}
    queues: dict[str, list[Fixable]] = {}
    for step in reversed(ranked):
        finding = by_id[step.fingerprint]
        queues.setdefault(finding.principle, []).append(finding)
    chosen: list[Fixable] = []
    score = book.score()
    while score < needs and queues:
        pulls = {key: _next_pull(book, queues[key][-1], changes, score) for key in queues}
        key = max(pulls, key=lambda key: pulls[key])
        finding = queues[key].pop()
        if not queues[key]:
            del queues[key]
        book.fix(finding)
        chosen.append(finding)
        score = book.score()
    return chosen


def _next_pull(book: _Book, finding: Fixable, changes: Mapping[str, int], score: float) -> _Pull:
    return _pull(book.with_fix(finding) - score, finding, changes)


def _pruned(
    book: _Book, chosen: Sequence[Fixable], changes: Mapping[str, int], needs: float
) -> list[Fixable]:
    """Leave out what the score is reached without, the dearest and coldest first."""
    dropped: set[str] = set()
    if book.score() >= needs:
        for finding in sorted(chosen, key=lambda each: (-each.effort, hotness(each, changes))):
            book.undo(finding)
            if book.score() >= needs:
                dropped.add(finding.fingerprint)
            else:
                book.fix(finding)
    return [finding for finding in chosen if finding.fingerprint not in dropped]
