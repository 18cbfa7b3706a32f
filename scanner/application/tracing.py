"""Look up which commit, by whom and when, brought each open finding.

It happens after the verdict is stored, in slices between the scans, so that no verdict waits for
it. The rows are the truth: a finding whose origin is not known yet waits, and each answer is stored
as it comes. A worker that dies loses a file's answers at most; the next one goes on with what
waits. A finding keeps its origin for life, whatever happens to the lines later, so the next scan
only looks up what is new.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

from scanner.application.ports import Ancestry, BlamedFiles
from scanner.application.progress import silent
from scanner.application.reading import KeptRevisions
from scanner.application.records import RepositoryRecord
from scanner.application.scanning import OpenedRevision, Revisions
from scanner.application.stores import Clock, RepositoryStore
from scanner.domain.errors import LeaseLostError, UserError
from scanner.domain.provenance import Blame, Provenance, Traced, introduced

LEASE: Final = timedelta(minutes=4)  # longer than any question to git takes
SLICE: Final = 20.0  # seconds; then scans that wait have their turn
LONGEST: Final = 1_800.0  # seconds for one repository; the next scan goes on with the rest
MANY_FILES: Final = 50  # from here on it pays to prepare
MOST_MEMBERS: Final = 200  # files of one cycle that are looked at
WHOLE_FILE: Final = (1, 10_000_000)
STALLED: Final = 3  # turns that brought nothing
UNHEARD_AFTER: Final = timedelta(minutes=2)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to look up findings of a repository, until the lease ends."""

    repository_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finding whose origin is not known, at the newest snapshot."""

    id: int
    commit: str  # of the newest snapshot, which the lines are those of
    traced: Traced
    first_commit: str  # of the snapshot that first had it
    before_commit: str  # of the snapshot before that; "" where its code did not bring it


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of a finding; None when its history is not to be had."""

    id: int
    provenance: Provenance | None


class TracingStore(Protocol):
    """The findings that wait, and who works on them."""

    def claim(self, repository_id: int, lease: timedelta) -> Turn | None:
        """Take a turn, unless another worker has it or nothing waits."""
        ...

    def waiting(self, repository_id: int) -> Sequence[Waiting]:
        """The findings that wait, those of one file together, the dearest files first."""
        ...

    def keep(self, turn: Turn, answers: Sequence[Answer], lease: timedelta) -> bool:
        """Store answers and extend the lease. False when another worker took over."""
        ...

    def pause(self, turn: Turn, seconds: float) -> float:
        """End the turn, which took so long; how long all turns took."""
        ...

    def close(self, turn: Turn, *, is_done: bool) -> bool:
        """No more turns, unless it is done and new findings came meanwhile. Whether it is so."""
        ...

    def unheard(self, now: datetime, after: timedelta) -> Sequence[int]:
        """The repositories that wait for a turn and whose message is older than this."""
        ...

    def give_up(self, turns: int) -> Sequence[int]:
        """Close those whose last turns, so many of them, brought nothing."""
        ...


class TracedRevisions(KeptRevisions, Revisions, Protocol):
    """Opens what is here, or brings it."""


class Tracing:
    """The use case behind the Celery task."""

    def __init__(
        self,
        repositories: RepositoryStore,
        store: TracingStore,
        revisions: TracedRevisions,
        wake: Callable[[int], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._repositories = repositories
        self._store = store
        self._revisions = revisions
        self._wake = wake
        self._clock = clock

    def run(self, repository_id: int) -> None:
        """One turn. Where more is left afterwards, another is asked for."""
        turn = self._store.claim(repository_id, LEASE)
        if turn is None:
            return
        started = self._clock()
        try:
            is_done = self._look_up(turn, started + SLICE)
        except LeaseLostError:
            logger.warning("another worker looks up the origins now")
        except UserError as error:
            logger.warning("origins are not looked up: %s %s", error.code, error.detail)
            self._store.close(turn, is_done=False)
        except Exception:
            logger.exception("looking up origins broke off")
            self._store.pause(turn, self._clock() - started)
        except BaseException:
            self._store.pause(turn, self._clock() - started)
            raise
        else:
            self._end(turn, is_done, self._clock() - started)

    def _end(self, turn: Turn, is_done: bool, seconds: float) -> None:
        if is_done and self._store.close(turn, is_done=True):
            return
        if self._store.pause(turn, seconds) > LONGEST:
            logger.warning("looking up origins took too long; the next scan goes on")
            self._store.close(turn, is_done=False)
        else:
            self._wake(turn.repository_id)

    def _look_up(self, turn: Turn, deadline: float) -> bool:
        """Whether all that waited is answered."""
        waiting = self._store.waiting(turn.repository_id)
        if not waiting:
            return True
        repository = self._repositories.get(turn.repository_id)
        if repository.kind == "folder":
            return self._keep(turn, [Answer(each.id, None) for each in waiting])
        with self._opened(repository, waiting[0].commit) as opened:
            if opened.ancestry is None:
                raise RuntimeError("a repository in git has a past")
            return self._ask(turn, waiting, opened.ancestry, deadline)

    def _ask(
        self, turn: Turn, waiting: Sequence[Waiting], ancestry: Ancestry, deadline: float
    ) -> bool:
        """Whether all is answered; as many files as there is time for."""
        if len({span.path for each in waiting for span in each.traced.spans}) >= MANY_FILES:
            ancestry.prepare(waiting[0].commit)
        lookup = _LookUp(ancestry)
        with ancestry.blame(waiting[0].commit) as files:
            for together in _by_file(waiting):
                if self._clock() > deadline:
                    return False
                self._keep(turn, lookup.answers(together, files))
        return True

    def _keep(self, turn: Turn, answers: Sequence[Answer]) -> bool:
        if not self._store.keep(turn, answers, LEASE):
            raise LeaseLostError(f"repository {turn.repository_id} belongs to another turn")
        return True

    @contextmanager
    def _opened(self, repository: RepositoryRecord, commit: str) -> Iterator[OpenedRevision]:
        """The commit; fetched when this machine does not hold it. Raises UserError."""
        with ExitStack() as stack:
            try:
                opened = stack.enter_context(self._revisions.kept(repository, commit))
            except UserError as error:
                logger.info("the commit is fetched: %s", error.code)
                with self._revisions.open(repository, silent):
                    pass
                opened = stack.enter_context(self._revisions.kept(repository, commit))
            yield opened


class _LookUp:
    """Asks git, and remembers which commits came between two snapshots."""

    def __init__(self, ancestry: Ancestry) -> None:
        self._ancestry = ancestry
        self._between: dict[tuple[str, str], frozenset[str]] = {}

    def answers(self, waiting: Sequence[Waiting], files: BlamedFiles) -> list[Answer]:
        """What is found of findings in the same files."""
        ranges: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in waiting:
            appeared = each.before_commit and not (each.traced.is_place or each.traced.is_cycle)
            for path, first, last in each.traced.spans:
                ranges[path].append(WHOLE_FILE if appeared else (first, last))
        blame = {path: _lines(files, path, asked) for path, asked in ranges.items()}
        return [Answer(each.id, self._introduced(each, blame)) for each in waiting]

    def _introduced(self, waiting: Waiting, blame: Blame) -> Provenance | None:
        before, first = waiting.before_commit, waiting.first_commit
        if waiting.traced.is_place or not before:
            return introduced(waiting.traced, blame)
        if (before, first) not in self._between:
            self._between[before, first] = self._ancestry.between(before, first)
        return introduced(waiting.traced, blame, self._between[before, first])


def _lines(
    files: BlamedFiles, path: str, ranges: Sequence[tuple[int, int]]
) -> Mapping[int, Provenance]:
    """One file whose past cannot be read keeps no other from its answers."""
    try:
        return files.lines(path, ranges)
    except UserError as error:
        logger.warning("the origins of one file are not known: %s %s", error.code, error.detail)
        return {}


def _by_file(waiting: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """Findings of one file together, in the order in which the files come; cycles one by one."""
    together: dict[str, list[Waiting]] = {}
    for each in waiting:
        paths = {span.path for span in each.traced.spans}
        alone = min(paths) if len(paths) == 1 else f"\0{each.id}"
        together.setdefault(alone, []).append(each)
    yield from together.values()


class TracingUpkeep:
    """Sends workers where findings wait, and gives up where that leads to nothing."""

    def __init__(
        self,
        store: TracingStore,
        wake: Callable[[int], None],
        messages: Callable[[], int],
        clock: Clock,
    ) -> None:
        self._store = store
        self._wake = wake
        self._messages = messages
        self._clock = clock

    def begin(self) -> None:
        """Send workers to what nobody was told of, as after a scan."""
        for repository_id in self._store.unheard(self._clock(), UNHEARD_AFTER):
            self._wake(repository_id)

    def tick(self) -> None:
        """Send again what was lost: where the broker holds fewer messages than wait for one."""
        for repository_id in self._store.give_up(STALLED):
            logger.error("looking up origins in repository %d led to nothing", repository_id)
        unheard = self._store.unheard(self._clock(), UNHEARD_AFTER)
        if unheard and self._messages() < len(unheard):
            for repository_id in unheard:
                self._wake(repository_id)
