"""Compare two commits of one source, with no database: the use case of `manage.py compare`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from scanner.application.assess_tree import AssessedTree, assess_tree
from scanner.application.continuity import surroundings, trace
from scanner.application.ports import Ancestry, BlobSource, FactsCache, FactsReader, Progress
from scanner.application.records import Latest
from scanner.domain.comparison import Comparison, compare
from scanner.domain.lifecycle import match
from scanner.domain.revisions import Revision, Tree
from scanner.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What to compare: a path or URL of a git repository, and two refs of it."""

    source: str
    before: str
    after: str
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class OpenedPair:
    """Two trees of one repository, and how to read them."""

    name: str
    before: Tree
    after: Tree
    blobs: BlobSource
    cache: FactsCache
    ancestry: Ancestry


@dataclass(frozen=True, slots=True)
class Compared:
    """Two commits and what moved the score between them."""

    name: str
    before: Revision
    after: Revision
    comparison: Comparison


class Pairs(Protocol):
    """Opens what the user named."""

    def open(self, request: CompareRequest, report: Progress) -> AbstractContextManager[OpenedPair]:
        """The opened pair; temporary files are gone at the end. Raises UserError."""
        ...


def compare_commits(
    request: CompareRequest, pairs: Pairs, reader: FactsReader, report: Progress
) -> Compared:
    """Open, parse, judge both, and match their findings. Raises UserError."""
    with pairs.open(request, report) as opened:

        def judged(tree: Tree) -> AssessedTree:
            return assess_tree(
                tree, opened.blobs, reader, request.rubric, report=report, cache=opened.cache
            )

        old, new = judged(opened.before), judged(opened.after)
        before, after = _revision(opened.before), _revision(opened.after)
        blobs = {entry.path: entry.blob for entry in opened.before.entries}
        latest = Latest(before.commit, blobs)
        around = surroundings(latest, opened.after, opened.ancestry, new.facts)
    changes = match(
        [trace(finding) for finding in old.assessment.findings],
        [trace(finding) for finding in new.assessment.findings],
        around,
    )
    comparison = compare(old.assessment, new.assessment, changes)
    return Compared(opened.name, before, after, comparison)


def _revision(tree: Tree) -> Revision:
    if tree.revision is None:
        raise ValueError("a tree of a repository has a revision")
    return tree.revision
