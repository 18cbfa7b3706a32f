"""From the files of one revision to a verdict: what a scan and `manage.py score` share."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from scanner.application.ports import BlobSource, Facts, FactsCache, FactsReader, Progress
from scanner.application.secret_files import SecretFiles
from scanner.assessment import NONE_ACCEPTED, Judgement, compose, judge, judge_again
from scanner.domain.declared import DECLARATION_BYTES, read_declaration
from scanner.domain.facts import Module
from scanner.domain.findings import Assessment
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.revisions import Tree, TreeEntry
from scanner.domain.rubric import Rubric

SUFFIXES: Final = (".py", ".pyi")
DECLARATION: Final = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class AssessedTree:
    """A verdict, the facts it was judged from, and how many blobs had to be parsed for it."""

    assessment: Assessment
    facts: Mapping[str, Facts]  # by path
    parsed: int
    judgement: Judgement
    earlier: Judgement | None = None  # of the same facts by another rubric
    before: Assessment | None = None  # by that one

    def accepting(self, accepted: Mapping[str, str]) -> AssessedTree:
        """The same with other findings accepted."""
        return replace(
            self,
            assessment=compose(self.judgement, accepted),
            before=compose(self.earlier, accepted) if self.earlier else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is no module in scope, so that a score would say nothing."""
        return not (self.assessment.modules or self.assessment.unmeasured)

    @property
    def modules(self) -> dict[str, Module]:
        """The measured modules by path, tests and other excluded ones included."""
        return {path: each for path, each in self.facts.items() if isinstance(each, Module)}


def assess_tree(
    tree: Tree,
    blobs: BlobSource,
    reader: FactsReader,
    rubric: Rubric,
    *,
    report: Progress,
    cache: FactsCache | None = None,
    accepted: Mapping[str, str] = NONE_ACCEPTED,
    before: Rubric | None = None,
    last: Judgement | None = None,
) -> AssessedTree:
    """Parse what the cache does not hold, then judge; `accepted` as for `assess`.

    With another rubric that judged `before`, the same facts are judged by that one too. What was
    judged `last` saves time and changes nothing, as for `judge`.

    Raises UserError where the cache cannot be written; a module that cannot be parsed is part of
    the verdict instead.
    """
    with _uncollected():
        facts, parsed = _facts(tree, blobs, reader, report, cache)
        report("judge", 0, 1)
        project = ProjectFacts(
            paths=tuple(entry.path for entry in tree.entries),
            config=_declaration(tree, blobs),
            secret_files=SecretFiles(blobs).of(tree.entries),
        )
        judgement = judge(project, facts, rubric, last)
        assessment = compose(judgement, accepted)
        earlier = judge_again(judgement, before) if before else None
        told = compose(earlier, accepted) if earlier else None
        report("judge", 1, 1)
        return AssessedTree(assessment, facts, parsed, judgement, earlier, told)


def _facts(
    tree: Tree, blobs: BlobSource, reader: FactsReader, report: Progress, cache: FactsCache | None
) -> tuple[dict[str, Facts], int]:
    """Facts by path, and how many blobs were parsed for them."""
    entries = [entry for entry in tree.entries if entry.path.endswith(SUFFIXES)]
    known, parsed = _facts_by_blob(entries, blobs, reader, cache, report)
    return {entry.path: known[entry.blob] for entry in entries if entry.blob in known}, parsed


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: facts and findings are many, live on, and hold no cycles.

    A collector that walks all of them again and again costs a third of judging.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _facts_by_blob(
    entries: list[TreeEntry],
    blobs: BlobSource,
    reader: FactsReader,
    cache: FactsCache | None,
    report: Progress,
) -> tuple[dict[str, Facts], int]:
    by_blob = {entry.blob: entry for entry in entries}
    known = cache.get(by_blob) if cache else {}
    missing = [entry for blob, entry in by_blob.items() if blob not in known]
    if missing:
        known |= reader.read(blobs, missing, report, cache.put if cache else None)
    return known, len(missing)


def _declaration(tree: Tree, blobs: BlobSource) -> ProjectConfig:
    for entry in tree.entries:
        if entry.path == DECLARATION:
            return read_declaration(blobs.read(entry, DECLARATION_BYTES + 1))
    return ProjectConfig()
