"""The past of a repository: points on its first-parent chain, each judged as if it were today.

Blobs are parsed once, whatever the number of points that hold them; a point costs what it changed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final, Protocol

from scanner.application.aside import Aside
from scanner.application.assess_tree import DECLARATION, SUFFIXES
from scanner.application.parsing_ahead import ParsingAhead
from scanner.application.ports import BlobSource, Facts, FactsCache, FactsReader, Progress
from scanner.application.progress import silent
from scanner.application.secret_files import SecretFiles
from scanner.application.uncollected import uncollected
from scanner.domain.declared import DECLARATION_BYTES, read_declaration
from scanner.domain.facts import Unmeasured
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.revisions import Ancestor, Change, Link, TreeEntry
from scanner.domain.rubric import Rubric
from scanner.domain.scope import is_left_out
from scanner.domain.secret_files import is_suspect
from scanner.incremental import Course, Standing
from scanner.witness import Difference, Witness

READ_AT_ONCE: Final = 400  # blobs whose facts are taken from the cache together
UNKNOWN: Final = Unmeasured("not looked at", None, 0)


class Past(Protocol):
    """The commits of one repository on this machine."""

    def chain(self, commit: str) -> Sequence[Link]:
        """The first parents of a commit, oldest first, the commit itself last."""
        ...

    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The names of tags by the commit they lead to."""
        ...

    def ancestors(self, commit: str, known: str) -> Sequence[Ancestor]:
        """The commits that lead to one and not to another, oldest first; `known` may be "".

        Merged lines are among them. Those that are too many are left out, oldest first.
        """
        ...

    def changes(self, links: Sequence[Link]) -> Sequence[tuple[Change, ...]]:
        """What each link's tree changes of the one before it; the first begins with nothing."""
        ...

    def leads(self, before: str, after: str) -> bool:
        """Whether one commit is among those that lead to another; False for one not here."""
        ...

    def sizes(self, blobs: Iterable[str]) -> Mapping[str, int]:
        """The bytes of each blob."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedPast:
    """A past with what it takes to read it. `head` is the commit its chain ends at."""

    name: str  # for people
    path: str  # as it stands in a document
    head: str
    past: Past
    blobs: BlobSource
    cache: FactsCache
    aside: Aside | None = None  # who may count points of it on another core


@dataclass(frozen=True, slots=True)
class Point:
    """What one commit scores; with a witness, how its findings differ from the point before."""

    link: Link
    standing: Standing
    seen: Difference | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one link changes of the one before it; None for a module that went."""

    link: Link
    project: ProjectFacts
    changed: Mapping[str, Facts | None]


class Walk:
    """Judges points one after another.

    A `witness` sees the findings of points. With `narrow`, of modules that are left out by their
    paths nothing is known but that they are there; type stubs are known always.
    """

    def __init__(
        self, opened: OpenedPast, reader: FactsReader, rubric: Rubric, *, narrow: bool = False,
        witness: Witness | None = None,
    ) -> None:  # fmt: skip
        self._opened = opened
        self._reader = reader
        self._rubric = rubric
        self._narrow = narrow
        self._witness = witness
        self._configs: dict[str, ProjectConfig] = {}

    def points(self, links: Sequence[Link], report: Progress) -> Generator[Point]:
        """The points of some links of a chain, in their order: from old to new, or back.

        Reports ("facts", bytes parsed, bytes to parse) and ("judge", points, points). Close it
        when not all points are wanted. Raises UserError.
        """
        course, witness = Course(self._rubric, witness=self._witness), self._witness
        with uncollected(), closing(self.steps(links, report)) as steps:
            for number, step in enumerate(steps, 1):
                standing = course.advance(step.project, step.changed)
                seen = witness.step(standing.tallies) if witness else None
                yield Point(step.link, standing, seen)
                report("judge", number, len(links))

    def steps(self, links: Sequence[Link], report: Progress) -> Generator[Step]:
        """The way from each of these links to the next, beginning with nothing.

        Reports ("facts", bytes parsed, bytes to parse). Close it when not all steps are wanted.
        Raises UserError.
        """
        yield from self.follow(links, self._opened.past.changes(links), report)

    def follow(
        self, links: Sequence[Link], changes: Sequence[tuple[Change, ...]], report: Progress
    ) -> Generator[Step]:
        """The same where what each link changes is known already."""
        with self._parsing(changes).running() as parsing:
            facts = self._facts_of_each(changes, parsing, report)
            yield from self._steps(links, changes, facts)

    def _steps(
        self,
        links: Sequence[Link],
        changes: Sequence[tuple[Change, ...]],
        facts_of_each: Iterable[Mapping[str, Facts | None]],
    ) -> Iterator[Step]:
        paths, config = set[str](), ProjectConfig()
        secrets, suspects = SecretFiles(self._opened.blobs), dict[str, TreeEntry]()
        suspected = self._suspected(changes)
        for link, changed, facts in zip(links, changes, facts_of_each, strict=True):
            for change in changed:
                (paths.add if change.blob else paths.discard)(change.path)
                suspects.pop(change.path, None)
                if change.blob in suspected and is_suspect(change.path):
                    size = suspected[change.blob]
                    suspects[change.path] = TreeEntry(change.path, change.blob, size)
                if change.path == DECLARATION:
                    config = self._config(change.blob)
            found = secrets.of(suspects.values())
            yield Step(link, ProjectFacts(tuple(sorted(paths)), config, found), facts)

    def _suspected(self, changes: Sequence[tuple[Change, ...]]) -> Mapping[str, int]:
        """The bytes of all contents that were ever in a file that may hold secrets."""
        blobs = {each.blob for step in changes for each in step if is_suspect(each.path)} - {""}
        return self._opened.past.sizes(blobs) if blobs else {}

    def _parsing(self, changes: Sequence[tuple[Change, ...]]) -> ParsingAhead:
        """What is to be parsed of all blobs that the cache does not hold, as they are needed."""
        opened = self._opened
        paths: dict[str, str] = {}
        for step in changes:
            for change in self._wanted(step):
                paths.setdefault(change.blob, change.path)
        known = opened.cache.known(paths)
        missing = {blob: path for blob, path in paths.items() if blob not in known}
        sizes = opened.past.sizes(missing) if missing else {}
        entries = [TreeEntry(path, blob, sizes.get(blob, 0)) for blob, path in missing.items()]
        return ParsingAhead(entries, self._reader, opened.blobs, opened.cache)

    def _facts_of_each(
        self, changes: Sequence[tuple[Change, ...]], parsing: ParsingAhead, report: Progress
    ) -> Iterator[dict[str, Facts | None]]:
        """Facts by path of what each step changed; None for a module that went."""
        unread = UNKNOWN if self._narrow else None
        report("facts", parsing.done, parsing.total)
        for steps in _portions(changes, READ_AT_ONCE):
            wanted = {each.blob: each.path for step in steps for each in self._wanted(step)}
            facts: dict[str, Facts] = {}
            for fresh in parsing.take(wanted):
                facts |= fresh
                report("facts", parsing.done, parsing.total)
            facts |= self._facts({key: path for key, path in wanted.items() if key not in facts})
            for step in steps:
                modules = (change for change in step if change.path.endswith(SUFFIXES))
                yield {
                    change.path: facts.get(change.blob, unread) if change.blob else None
                    for change in modules
                }

    def _wanted(self, step: Iterable[Change]) -> Iterator[Change]:
        """The modules of a step whose facts matter."""
        for change in _modules(step):
            if not (self._narrow and change.path.endswith(".py") and is_left_out(change.path)):
                yield change

    def _facts(self, wanted: Mapping[str, str]) -> Mapping[str, Facts]:
        """Facts by blob; what a damaged cache lost is parsed once more."""
        opened = self._opened
        found = opened.cache.get(wanted)
        lost = [TreeEntry(path, blob, 0) for blob, path in wanted.items() if blob not in found]
        if not lost:
            return found
        return {**found, **self._reader.read(opened.blobs, lost, silent, opened.cache.put)}

    def _config(self, blob: str) -> ProjectConfig:
        if blob not in self._configs:
            entry = TreeEntry(DECLARATION, blob, 0)
            read = self._opened.blobs.read
            self._configs[blob] = (
                read_declaration(read(entry, DECLARATION_BYTES + 1)) if blob else ProjectConfig()
            )
        return self._configs[blob]


def _modules(step: Iterable[Change]) -> Iterator[Change]:
    return (change for change in step if change.blob and change.path.endswith(SUFFIXES))


def _portions(
    changes: Sequence[tuple[Change, ...]], size: int
) -> Iterator[list[tuple[Change, ...]]]:
    """Steps in groups of about so many changes."""
    group: list[tuple[Change, ...]] = []
    count = 0
    for step in changes:
        group.append(step)
        count += len(step)
        if count >= size:
            yield group
            group, count = [], 0
    if group:
        yield group
