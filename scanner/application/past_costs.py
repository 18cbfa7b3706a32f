"""What it would take to read a part of a past, told before anyone asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from scanner.application.assess_tree import SUFFIXES
from scanner.application.past import OpenedPast
from scanner.application.pasts import UNSCANNED, PastStore, chosen
from scanner.application.ports import Progress
from scanner.application.progress import silent
from scanner.application.records import RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.stores import RepositoryStore, VerdictStore
from scanner.domain.revisions import Change, Link
from scanner.domain.timeline import Choice

MOST_COMPARED: Final = 20_000  # points whose changes a page waits for
BYTES_A_SECOND: Final = 3_000_000  # that one child parses
POINT_SECONDS: Final = 0.006  # to judge and store one
MODULE_SECONDS: Final = 0.002  # to judge one version of a module


@dataclass(frozen=True, slots=True)
class Cost:
    """What a choice holds, and what is left to do of it."""

    commits: int  # on the chain of first parents, in the chosen time
    points: int  # of these that are chosen
    stored: int  # points that are known already, by today's engine and rubric
    unparsed: int | None  # bytes of modules that nobody has parsed; None where too much to look at
    seconds: float  # about

    @property
    def new(self) -> int:
        """Points that are to be judged."""
        return self.points - self.stored


class KeptPasts(Protocol):
    """Opens pasts that are on this machine."""

    def past(
        self, repository: RepositoryRecord, commit: str, report: Progress, *, fetch: bool
    ) -> AbstractContextManager[OpenedPast]:
        """The past that ends at a commit. Raises UserError, also where it would be fetched."""
        ...


@dataclass(frozen=True, slots=True)
class CostStores:
    """Where it is read what is known already."""

    repositories: RepositoryStore
    verdicts: VerdictStore
    past: PastStore
    rubrics: Rubrics


class PastCosts:
    """The use case behind the page that asks for a past."""

    def __init__(
        self, stores: CostStores, pasts: KeptPasts, engine: Callable[[], str], children: int
    ) -> None:
        self._stores = stores
        self._pasts = pasts
        self._engine = engine
        self._children = max(1, children)

    def of(self, repository_id: int, choice: Choice) -> Cost:
        """What a choice would take.

        Raises UserError "backfill.folder", "backfill.unscanned", "backfill.elsewhere", and what
        the host of the repository answers when it is asked for its tags.
        """
        repository = self._stores.repositories.get(repository_id)
        latest = self._stores.verdicts.latest(repository_id)
        if latest is None:
            raise UNSCANNED
        past, rubric = self._stores.past, self._stores.rubrics.of(repository_id)
        known = past.stored(repository_id, self._engine(), rubric.version)
        with self._pasts.past(repository, latest.commit, silent, fetch=False) as opened:
            chain = opened.past.chain(opened.head)
            tags = {} if choice.every == "commit" else opened.past.tags()
            links = chosen(chain, choice, tags, past.scanned(repository_id))
            missing = [link for link in links if link.revision.commit not in known]
            unparsed, seconds = self._work(opened, missing)
        commits = sum(choice.holds(link.revision) for link in chain)
        return Cost(commits, len(links), len(links) - len(missing), unparsed, seconds)

    def _work(self, opened: OpenedPast, missing: Sequence[Link]) -> tuple[int | None, float]:
        """Bytes to parse, and about how many seconds that and the judging take."""
        if len(missing) > MOST_COMPARED:
            return None, len(missing) * (POINT_SECONDS + MODULE_SECONDS)
        modules = [each for step in opened.past.changes(missing) for each in _modules(step)]
        blobs = {each.blob for each in modules}
        blobs -= opened.cache.known(blobs)
        sizes = opened.past.sizes(blobs) if blobs else {}
        unparsed = sum(sizes.values())
        parsing = unparsed / BYTES_A_SECOND / self._children
        judging = len(missing) * POINT_SECONDS + len(modules) * MODULE_SECONDS
        return unparsed, parsing + judging


def _modules(step: Sequence[Change]) -> list[Change]:
    return [change for change in step if change.blob and change.path.endswith(SUFFIXES)]
