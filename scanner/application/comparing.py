"""What moved the score between two commits of one repository: the parts, the findings, the commits.

Both trees are judged from facts, and what the facts cache does not hold is read again from git. A
point that was shown before may have been judged by another rubric, with other acceptances or by
another engine: its score stays the one that was shown, and what comes of that is a part too.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from scanner.application.assess_tree import AssessedTree, assess_tree
from scanner.application.comparison_record import ComparisonRecord, EffectRecord, PointRecord
from scanner.application.continuity import surroundings, trace
from scanner.application.past import OpenedPast
from scanner.application.ports import Ancestry, FactsReader, Progress
from scanner.application.records import Latest
from scanner.application.steps import Steps, route, take_steps
from scanner.domain.comparison import Comparison, Effect, compare
from scanner.domain.findings import MILLION, Assessment
from scanner.domain.lifecycle import Changes, match
from scanner.domain.revisions import Revision, Tree
from scanner.domain.rubric import Rubric

MOST_EFFECTS: Final = 5_000
NOTHING: Final = 1e-9  # points


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What to compare: a path or URL of a git repository, and two refs of it."""

    source: str
    before: str
    after: str
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Side:
    """How one of the two was judged when its score was shown; by default it never was."""

    rubric: Rubric
    accepted: Mapping[str, str] = field(default_factory=dict)  # reason by fingerprint
    score: float | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True)
class OpenedPair:
    """Two trees of one repository, and how to read them."""

    opened: OpenedPast
    before: Tree
    after: Tree
    ancestry: Ancestry


class Pairs(Protocol):
    """Opens what the user named."""

    def open(self, request: CompareRequest, report: Progress) -> AbstractContextManager[OpenedPair]:
        """The opened pair; temporary files are gone at the end. Raises UserError."""
        ...


def compare_commits(
    request: CompareRequest, pairs: Pairs, reader: FactsReader, report: Progress
) -> ComparisonRecord:
    """Open what is named, and compare it by one rubric. Raises UserError."""
    with pairs.open(request, report) as pair:
        side = Side(request.rubric)
        return compare_sides(pair, side, side, reader, report)


def compare_sides(
    pair: OpenedPair, before: Side, after: Side, reader: FactsReader, report: Progress
) -> ComparisonRecord:
    """Compare two points, each as it was judged. Raises UserError."""
    judged = _judge(pair, before, after, reader, report)
    found = _compared(judged, before, after)
    engine = reader.engine()
    steps = _steps(pair, before.rubric, reader, report)
    told = found.comparison
    return ComparisonRecord(
        name=pair.opened.name,
        before=_point(pair.before, told.score_from, before, engine),
        after=_point(pair.after, told.score_to, after, engine),
        parts=dict(told.parts),
        effects=tuple(_effect(each, steps) for each in told.effects[:MOST_EFFECTS]),
        left_out=max(len(told.effects) - MOST_EFFECTS, 0),
        steps=steps.records,
        is_weekly=steps.is_weekly,
        engine=found.unexplained if told.parts["rubric"] else 0.0,
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """Both trees by the rubric of the older point, and the newer one by its own."""

    before: Assessment
    after: Assessment
    after_by_its_own: Assessment
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Found:
    comparison: Comparison
    unexplained: float


def _judge(
    pair: OpenedPair, before: Side, after: Side, reader: FactsReader, report: Progress
) -> _Judged:
    def assessed(tree: Tree, rubric: Rubric, other: Rubric | None = None) -> AssessedTree:
        opened = pair.opened
        return assess_tree(
            tree, opened.blobs, reader, rubric, report=report, cache=opened.cache, before=other
        )

    old = assessed(pair.before, before.rubric)
    is_same = before.rubric == after.rubric
    new = assessed(pair.after, after.rubric, None if is_same else before.rubric)
    changes = _changes(pair, old, new)
    new = new.accepting(after.accepted)
    old = old.accepting(_accepted_then(before.accepted, old.assessment, changes))
    by_older = new.before or new.assessment
    return _Judged(old.assessment, by_older, new.assessment, changes)


def _changes(pair: OpenedPair, old: AssessedTree, new: AssessedTree) -> Changes:
    latest = Latest(_revision(pair.before).commit, _blobs(pair.before))
    around = surroundings(latest, pair.after, pair.ancestry, new.facts)
    by_older = new.before or new.assessment
    return match(
        [trace(finding) for finding in old.assessment.findings],
        [trace(finding) for finding in by_older.findings],
        around,
    )


def _accepted_then(
    accepted: Mapping[str, str], older: Assessment, changes: Changes
) -> dict[str, str]:
    """Acceptances under the fingerprints of the older tree; they go by those of newer ones."""
    newer = dict(changes.still_open)
    names = ((each.fingerprint, newer.get(each.fingerprint, "")) for each in older.findings)
    return {
        old: accepted.get(old) or accepted[new]
        for old, new in names
        if old in accepted or new in accepted
    }


def _compared(judged: _Judged, before: Side, after: Side) -> _Found:
    """The comparison of the scores that were shown.

    What judging again does not explain is the work of acceptances that cannot be told any more, or
    else of another engine.
    """
    found = compare(judged.before, judged.after, judged.changes)
    found = found.plus("rubric", judged.after_by_its_own.score - judged.after.score)
    shown = (
        found.score_from if before.score is None else before.score,
        found.score_to if after.score is None else after.score,
    )
    unexplained = (shown[1] - shown[0]) - (found.score_to - found.score_from)
    if abs(unexplained) < NOTHING:
        unexplained = 0.0
    is_accepted = before.engine == after.engine and bool(before.accepted or after.accepted)
    found = found.plus("accepted" if is_accepted else "rubric", unexplained)
    return _Found(replace(found, score_from=shown[0], score_to=shown[1]), unexplained)


def _steps(pair: OpenedPair, rubric: Rubric, reader: FactsReader, report: Progress) -> Steps:
    past = pair.opened.past
    older, newer = (past.chain(_revision(tree).commit) for tree in (pair.before, pair.after))
    way = route(older, newer)
    if way is None:
        return Steps()
    return take_steps(pair.opened, pair.ancestry, way, rubric, reader, report)


def _point(tree: Tree, score: float, side: Side, engine: str) -> PointRecord:
    revision = _revision(tree)
    return PointRecord(
        commit=revision.commit,
        committed_at=revision.committed_at,
        author=revision.author,
        subject=revision.subject,
        score=score,
        rubric=side.rubric.version,
        engine=side.engine or engine,
    )


def _effect(effect: Effect, steps: Steps) -> EffectRecord:
    finding = effect.finding
    return EffectRecord(
        kind=effect.kind,
        effect=effect.points,
        step=steps.of(effect),
        rule=finding.rule,
        name=finding.name,
        principle=finding.principle,
        path=finding.path,
        line=finding.line,
        end_line=finding.end_line,
        symbol=finding.symbol,
        message=finding.message,
        cost=finding.cost / MILLION,
        points=finding.points,
        fingerprint=finding.fingerprint,
        accepted=finding.accepted,
        related=tuple((place.path, place.line) for place in finding.related),
    )


def _blobs(tree: Tree) -> dict[str, str]:
    return {entry.path: entry.blob for entry in tree.entries}


def _revision(tree: Tree) -> Revision:
    if tree.revision is None:
        raise ValueError("a tree of a repository has a revision")
    return tree.revision
