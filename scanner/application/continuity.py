"""Recognises what was known before in a newer tree: files that moved, findings that were accepted.

The fingerprint that is printed follows from one tree alone. The stored finding is one row from
the scan that brought it to the scan that finds it gone; its fingerprint, file and lines are those
of the newest scan. An acceptance belongs to the row, and follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanner.application.ports import Ancestry, Facts
from scanner.application.records import Latest
from scanner.domain.facts import Module
from scanner.domain.findings import Finding
from scanner.domain.lifecycle import Surroundings, Trace, match
from scanner.domain.revisions import Tree


def trace(finding: Finding) -> Trace:
    """What is compared of a finding."""
    paths = {finding.path, *(place.path for place in finding.related)}
    paths.update(charge.path for charge in finding.charges)
    return Trace(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        path=finding.path,
        symbol=finding.symbol,
        digest=finding.digest,
        line=finding.line,
        members=frozenset(paths) if len(paths) > 1 else frozenset(),
    )


def surroundings(
    latest: Latest | None, tree: Tree, ancestry: Ancestry | None, facts: Mapping[str, Facts]
) -> Surroundings:
    """What helps to match the findings of the latest verdict with those in this tree.

    Git is asked only where a file is no longer under its path.
    """
    if latest is None:
        return Surroundings()
    after = {entry.path: entry.blob for entry in tree.entries}
    is_missing = any(path not in after for path in latest.blobs)
    renames: Mapping[str, str] = {}
    if is_missing and ancestry is not None and tree.revision is not None:
        renames = ancestry.renames(latest.commit, tree.revision.commit)
    return Surroundings(renames, latest.blobs, after, _Definitions(facts).has)


def may_have_moved(
    accepted: Mapping[str, str], found: Sequence[Finding], around: Surroundings
) -> bool:
    """Whether an accepted finding may have another fingerprint now."""
    return bool(accepted) and (
        bool(around.renames) or not accepted.keys() <= {finding.fingerprint for finding in found}
    )


def moved_acceptances(
    accepted: Mapping[str, str],
    known: Sequence[Trace],
    found: Sequence[Finding],
    around: Surroundings,
) -> dict[str, str]:
    """The acceptances, reason by fingerprint, under the fingerprints of the newer tree."""
    changes = match(known, [trace(finding) for finding in found], around)
    was_open = {each.fingerprint for each in known}
    waiting = {old: reason for old, reason in accepted.items() if old not in was_open}
    return waiting | {new: accepted[old] for old, new in changes.still_open if old in accepted}


class _Definitions:
    """The functions and classes of a tree, looked up file by file."""

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self._facts = facts
        self._known: dict[str, frozenset[str]] = {}

    def has(self, path: str, symbol: str) -> bool:
        """Whether a file defines a symbol; one that could not be read may."""
        if path not in self._known:
            module = self._facts.get(path)
            if module is not None and not isinstance(module, Module):
                return True
            functions = [each.name for each in module.functions] if module else []
            classes = [each.name for each in module.classes] if module else []
            self._known[path] = frozenset((*functions, *classes))
        return symbol in self._known[path]
