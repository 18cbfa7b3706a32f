"""Where findings of the past stood and what they cost: judged again from facts.

A tree of moderate size is judged whole. Of a larger one only the modules that are asked for are
looked at; what rules over several modules found in it has no line then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from scanner.application.assess_tree import SUFFIXES, assess_tree
from scanner.application.ports import Facts, FactsReader
from scanner.application.progress import silent
from scanner.application.reading import KeptRevisions
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import OpenedRevision
from scanner.application.stores import RepositoryStore
from scanner.domain.errors import UserError
from scanner.domain.facts import Module
from scanner.domain.findings import MILLION
from scanner.domain.revisions import TreeEntry
from scanner.domain.rubric import Rubric
from scanner.domain.stubs import stubs_for
from scanner.rules.contexts import ModuleContext
from scanner.rules.verdicts import judge_module

WHOLE: Final = 500  # modules that are judged together while a page waits
PARSED: Final = 60  # modules that are parsed while a page waits
ASKED: Final = 60  # modules of a larger tree

LOST: Final = UserError(
    "past.rubric-lost",
    "The values of the rubric that judged this point are not known any more.",
    "Read the past again to have it judged by today's.",
)


class Spot(NamedTuple):
    """What judging again says of a finding. Points are None where not all was judged."""

    line: int
    end_line: int
    message: str
    cost: float  # in units
    points: float | None
    effort: int  # minutes


@dataclass(frozen=True, slots=True)
class Spots:
    """What is known of the findings of a commit, by fingerprint."""

    of: Mapping[str, Spot]
    is_whole: bool


class PastLines:
    """The use case behind the lists of findings as of a point of the past."""

    def __init__(
        self, repositories: RepositoryStore, revisions: KeptRevisions, rubrics: Rubrics,
        reader: FactsReader, whole: int = WHOLE,
    ) -> None:  # fmt: skip
        self._repositories = repositories
        self._revisions = revisions
        self._rubrics = rubrics
        self._reader = reader
        self._whole = whole

    def of(
        self, repository_id: int, commit: str, rubric: str, paths: Callable[[], Collection[str]]
    ) -> Spots:
        """The findings of a commit by a rubric, at least those of modules among some paths.

        The paths are asked for where the tree is large alone.

        Raises UserError "past.rubric-lost", and what the revision raises when it is not here.
        """
        repository = self._repositories.get(repository_id)
        judged_by = self._rubrics.known(rubric)
        if judged_by is None:
            raise LOST
        with self._revisions.kept(repository, commit) as opened:
            entries = [each for each in opened.tree.entries if each.path.endswith(SUFFIXES)]
            missing = {each.blob for each in entries}
            missing -= opened.cache.known(missing)
            if len(entries) <= self._whole and len(missing) <= PARSED:
                return self._all(opened, judged_by)
            return self._some(opened, judged_by, entries, set(paths()))

    def _all(self, opened: OpenedRevision, rubric: Rubric) -> Spots:
        judged = assess_tree(
            opened.tree, opened.blobs, self._reader, rubric, report=silent, cache=opened.cache
        )
        found = {
            each.fingerprint: Spot(
                each.line, each.end_line, each.message, each.cost / MILLION, each.points,
                each.effort,
            )
            for each in judged.assessment.findings
        }  # fmt: skip
        return Spots(found, is_whole=True)

    def _some(
        self, opened: OpenedRevision, rubric: Rubric, entries: Sequence[TreeEntry],
        paths: Collection[str],
    ) -> Spots:  # fmt: skip
        wanted = [each for each in entries if each.path in paths][:ASKED]
        stubs = [each for each in entries if each.path.endswith(".pyi")][:ASKED]
        facts = self._facts(opened, [*wanted, *stubs])
        modules = {path: each for path, each in facts.items() if isinstance(each, Module)}
        known = stubs_for(modules)
        found: dict[str, Spot] = {}
        for entry in wanted:
            module = modules.get(entry.path)
            if module is not None:
                context = ModuleContext(entry.path, module, rubric, known.get(entry.path, {}))
                found |= _spots(context)
        return Spots(found, is_whole=False)

    def _facts(self, opened: OpenedRevision, entries: Sequence[TreeEntry]) -> dict[str, Facts]:
        """Facts by path."""
        by_blob = {each.blob: each for each in entries}
        known = dict(opened.cache.get(by_blob))
        missing = [each for blob, each in by_blob.items() if blob not in known]
        if missing:
            known |= self._reader.read(opened.blobs, missing, silent, opened.cache.put)
        return {each.path: known[each.blob] for each in entries if each.blob in known}


def _spots(context: ModuleContext) -> dict[str, Spot]:
    return {
        each.fingerprint: Spot(
            each.offence.line, each.offence.end_line, each.offence.message,
            each.offence.total / MILLION, None,
            each.offence.effort or each.rule.effort,
        )
        for each in judge_module(context).offences
    }  # fmt: skip
