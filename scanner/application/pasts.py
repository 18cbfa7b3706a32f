"""Backfills as they are asked for, and the store behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from scanner.application.records import Claim, RequestedScan, Trigger
from scanner.application.stores import Atomic, RepositoryStore, ScanQueue, Wake
from scanner.domain.errors import UserError
from scanner.domain.findings import PrincipleScore
from scanner.domain.revisions import Link, Revision
from scanner.domain.strands import Named
from scanner.domain.timeline import Choice, points

WEEKLY: Final = Choice()


@dataclass(frozen=True, slots=True)
class PastPoint:
    """A commit of the past with its scores, and what sets its findings apart.

    `came` and `went` tell what was found here and not at the point before it in the walk, and the
    other way round. An empty point says nothing but that.
    """

    revision: Revision
    rubric: str
    score: float
    strict_score: float
    coverage: float
    lines: int
    modules: int
    principles: tuple[PrincipleScore, ...]
    tags: tuple[str, ...] = ()
    place: int = 0  # commits before it on its chain
    came: Mapping[str, Named] = field(default_factory=dict)
    went: Collection[str] = ()
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class PastChunk:
    """Points that are stored together, in the order of the walk, and what was found before them."""

    strand: int
    points: Sequence[PastPoint] = ()
    found: Mapping[str, Named] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[PastPoint, dict[str, Named]]]:
        """Each point with all that was found there; the mapping holds until the next one."""
        found = dict(self.found)
        for point in self.points:
            for name in point.went:
                del found[name]
            found |= point.came
            yield point, found

    def then(self, points: Sequence[PastPoint]) -> PastChunk:
        """The next points of the walk."""
        found = self.found
        for _, found in self.each():  # noqa: B007
            continue
        return PastChunk(self.strand, points, found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What people want of a backfill: which points, and whether it shall end."""

    choice: Choice
    is_stopped: bool


def chosen(
    chain: Sequence[Link], choice: Choice, tags: Container[str], scanned: Container[str]
) -> list[Link]:
    """What a choice holds of a chain, and of its time each tag and each commit that was scanned."""
    wanted = {link.revision.commit for link in points(chain, choice, tags)}
    return [
        link
        for link in chain
        if link.revision.commit in wanted
        or (choice.holds(link.revision) and _is_beside(link.revision.commit, tags, scanned))
    ]


def _is_beside(commit: str, tags: Container[str], scanned: Container[str]) -> bool:
    return commit in tags or commit in scanned


class PastStore(Protocol):
    """The points of the past."""

    def stored(self, repository_id: int, engine: str, rubric: str) -> Collection[str]:
        """The commits of which the last verdict was made by this engine and rubric.

        Points whose findings are not known are left out.
        """
        ...

    def strand(self, claim: Claim, engine: str, rubric: str, places: Mapping[str, int]) -> int:
        """Where points of a chain belong; `places` counts its commits from the first.

        Raises LeaseLostError when the claim holds no longer.
        """
        ...

    def tidy(self, repository_id: int) -> None:
        """Forget findings that are at no point any more."""
        ...

    def scanned(self, repository_id: int) -> Collection[str]:
        """The commits that scans judged."""
        ...

    def mark(
        self, repository_id: int, chain: Collection[str], tags: Mapping[str, Sequence[str]]
    ) -> None:
        """Note which stored verdicts are on the chain, and the tags of their commits."""
        ...

    def save(self, claim: Claim, engine: str, chunk: PastChunk) -> None:
        """Store all of its points with their findings, or none.

        They replace what others than scans said of these commits.

        Raises LeaseLostError when the claim holds no longer.
        """
        ...


class RunStore(Protocol):
    """The backfills that bring the points."""

    def begin(self, claim: Claim, engine: str, rubric: str) -> None:
        """Note what the backfill judges with. Raises LeaseLostError."""
        ...

    def start(self, claim: Claim, done: int, total: int) -> None:
        """Show how many points are stored before this attempt. Raises LeaseLostError."""
        ...

    def count(self, claim: Claim, done: int) -> None:
        """Show how many points are stored. Raises LeaseLostError."""
        ...

    def end(self, claim: Claim) -> None:
        """The backfill is done. Raises LeaseLostError."""
        ...

    def give_way(self, claim: Claim) -> None:
        """Let the backfill wait again; this attempt counts for nothing."""
        ...

    def asked(self, scan_id: int) -> Asked:
        """What people want of a backfill."""
        ...

    def is_off_branch(self, claim: Claim, commit: str) -> bool:
        """Whether a verdict on this commit is marked as vanished: someone pushed by force."""
        ...

    def scans_wait(self) -> bool:
        """Whether a scan, or a preview of a rubric, waits for a worker for more than a moment."""
        ...


class BackfillQueue(Protocol):
    """Which backfills are to be queued."""

    def due_after(self, scan_id: int, *, is_forced: bool) -> int | None:
        """The repository whose whole past is not known, or known by another engine or rubric.

        Also where the branch was pushed by force, unless one runs. None unless the scan brought a
        verdict on a git repository; and where the last backfill was cancelled, or one waits.
        """
        ...

    def choose(self, scan_id: int, choice: Choice) -> None:
        """Set which points a waiting backfill is to bring."""
        ...

    def is_scanned(self, repository_id: int) -> bool:
        """Whether there is a verdict to go back from."""
        ...

    def stop(self, repository_id: int, scan_id: int) -> bool:
        """End a waiting backfill, or ask a running one to end; False when it is over."""
        ...


class Backfills:
    """The use case behind the buttons, and behind the end of each scan."""

    def __init__(
        self, repositories: RepositoryStore, queue: ScanQueue, backfills: BackfillQueue,
        atomic: Atomic, wake: Wake, settle: Callable[[int], bool],
    ) -> None:  # fmt: skip
        self._repositories = repositories
        self._queue = queue
        self._backfills = backfills
        self._atomic = atomic
        self._wake = wake
        self._settle = settle  # what a push by force left behind; whether there was one

    def follow(self, scan_id: int) -> RequestedScan | None:
        """Queue a backfill after a scan, where the past is not known as it is now."""
        repository_id = self._backfills.due_after(scan_id, is_forced=self._settle(scan_id))
        if repository_id is None:
            return None
        with self._atomic():
            return self._add(repository_id, "following")

    def request(self, repository_id: int, choice: Choice = WEEKLY) -> RequestedScan:
        """The queued backfill of this repository, made if there is none.

        Raises UserError "repository.gone", "backfill.folder", "backfill.unscanned" or
        "backfill.backwards".
        """
        if choice.since and choice.until and choice.since > choice.until:
            raise BACKWARDS
        with self._atomic():
            if self._repositories.get(repository_id).kind == "folder":
                raise FOLDER
            if not self._backfills.is_scanned(repository_id):
                raise UNSCANNED
            asked = self._add(repository_id, "requested")
            self._backfills.choose(asked.id, choice)
            return asked

    def cancel(self, repository_id: int, scan_id: int) -> bool:
        """End a backfill; False when it is over. What is stored stays."""
        return self._backfills.stop(repository_id, scan_id)

    def _add(self, repository_id: int, trigger: Trigger) -> RequestedScan:
        asked = self._queue.add(repository_id, trigger, "backfill")
        if asked.is_new:
            self._wake(asked.id)
        return asked


FOLDER: Final = UserError(
    "backfill.folder",
    "A plain folder has no past.",
    "Register it as a git repository for a trend of its commits.",
)
BACKWARDS: Final = UserError(
    "backfill.backwards",
    "The last day is before the first.",
    "Choose a first day that is not after the last.",
)
ELSEWHERE: Final = UserError(
    "backfill.elsewhere",
    "What it takes is not known, for this machine does not hold the repository.",
    "Read the past all the same: the page of the backfill tells how far it is.",
)
UNSCANNED: Final = UserError(
    "backfill.unscanned",
    "The repository has no score yet, so there is nothing to go back from.",
    "Scan it first.",
)
