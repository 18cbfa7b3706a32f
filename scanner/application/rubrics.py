"""Which rubric a repository is judged by, and how people change it.

The product's own rubric is inherited by the default of this installation, and that by every
repository. What is stored is only what differs there, version by version, so a later change of what
is inherited reaches all that was left as it was. Nothing in a scanned repository has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from scanner.application.requests import ScanRequests
from scanner.application.stores import Atomic, Clock
from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_values import InvalidValuesError, Value, changes_of, restored

LONGEST_NOTE: Final = 300  # characters
PROMPT: Final = 20  # scans that workers are told of at once; the tick tells of the others


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a rubric. The name stays when the user is gone."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The versions that someone looks at: of the default he inherits, and of his own; 0 is none.

    The default of the installation inherits from the product, which has no versions here.
    """

    default: int
    own: int


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """The latest change of one rubric: what differs from what it inherits."""

    number: int  # from 1
    changes: Mapping[str, object]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A change as it is stored. Without a repository it is the installation's default."""

    repository_id: int | None
    number: int
    changes: Mapping[str, Value]
    version: str  # of the whole rubric
    note: str
    author: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class Heir:
    """A repository with what it changes of the default."""

    repository_id: int
    name: str
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Standing:
    """One rubric as it stands: what it inherits, and what it is.

    With a `problem`, its stored values no longer make a rubric, and it stands as it is inherited.
    """

    repository_id: int | None
    base: Rubric
    rubric: Rubric
    seen: Seen
    last: StoredVersion | None
    problem: UserError | None = None

    @property
    def changes(self) -> dict[str, Value]:
        """The values in which it differs from what it inherits."""
        return changes_of(self.base, self.rubric)


@dataclass(frozen=True, slots=True)
class RubricChange:
    """A rubric as someone wants it, who looked at the versions in `seen`."""

    repository_id: int | None
    rubric: Rubric
    seen: Seen
    note: str
    author: Author


class RubricStore(Protocol):
    """The versions of rubrics, and the contents of those that something was judged by."""

    def latest(self, repository_id: int | None) -> StoredVersion | None:
        """The version that holds; None while nothing was ever changed."""
        ...

    def add(self, new: NewVersion) -> bool:
        """Store it; False when its number was taken a moment ago."""
        ...

    def heirs(self) -> Iterable[Heir]:
        """Every repository with what it changes."""
        ...

    def keep(self, rubric: Rubric) -> None:
        """Remember the content behind a version, for ever."""
        ...

    def judged_by(self, repository_id: int) -> str:
        """The version that the latest verdict was made with; "" without one."""
        ...

    def content(self, version: str) -> Mapping[str, object] | None:
        """The values behind a version; None when they were never kept."""
        ...


class Rubrics:
    """Which rubric holds, and which one held at the latest verdict."""

    def __init__(self, store: RubricStore) -> None:
        self._store = store

    def standing(self, repository_id: int | None = None) -> Standing:
        """The rubric of a repository, or the installation's default."""
        if repository_id is None:
            return self._standing(None, DEFAULT, 0)
        default = self.standing()
        found = self._standing(repository_id, default.rubric, default.seen.own)
        return replace(found, problem=found.problem or default.problem)

    def of(self, repository_id: int) -> Rubric:
        """What the next scan of a repository is judged by. Raises UserError "rubric.invalid"."""
        standing = self.standing(repository_id)
        if standing.problem is not None:
            raise standing.problem
        return standing.rubric

    def keep(self, rubric: Rubric) -> None:
        """Remember the content of a rubric that something is judged by."""
        self._store.keep(rubric)

    def before(self, repository_id: int, rubric: Rubric) -> Rubric | None:
        """What the latest verdict was made with, where that is another rubric and still known."""
        version = self._store.judged_by(repository_id)
        return None if version in {"", rubric.version} else self.known(version)

    def known(self, version: str) -> Rubric | None:
        """A rubric that something was judged by; None where its values are not known any more."""
        content = self._store.content(version)
        found = None if content is None else _valid(DEFAULT, content)
        return found if found and found.version == version else None

    def _standing(self, repository_id: int | None, base: Rubric, default: int) -> Standing:
        last = self._store.latest(repository_id)
        if last is None:
            return Standing(repository_id, base, base, Seen(default, 0), None)
        seen = Seen(default, last.number)
        try:
            rubric = restored(base, last.changes)
        except InvalidValuesError as error:
            return Standing(repository_id, base, base, seen, last, _invalid(error))
        return Standing(repository_id, base, rubric, seen, last)


class RubricChanges:
    """The use case behind the rubric pages: compare, store a version, judge again."""

    def __init__(
        self, store: RubricStore, requests: ScanRequests, atomic: Atomic, clock: Clock
    ) -> None:
        self._store = store
        self._rubrics = Rubrics(store)
        self._requests = requests
        self._atomic = atomic
        self._clock = clock

    def change(self, change: RubricChange) -> tuple[int, ...]:
        """Store the rubric as a new version; the ids of the scans that judge by it.

        Raises UserError "note.missing", "note.long", "rubric.overtaken" when another version came
        meanwhile, "rubric.unchanged", "rubric.weightless" or "repository.gone".
        """
        note = _checked(change.note)
        with self._atomic():
            standing = self._rubrics.standing(change.repository_id)
            if standing.seen != change.seen:
                raise overtaken(standing, change.seen)
            if change.rubric == standing.rubric and standing.problem is None:
                raise UNCHANGED
            heirs = self._heirs(standing, change.rubric)
            if not self._store.add(self._version(standing, change, note)):
                raise overtaken(self._rubrics.standing(change.repository_id), change.seen)
            return self._judge_again(heirs)

    def _version(self, standing: Standing, change: RubricChange, note: str) -> NewVersion:
        return NewVersion(
            repository_id=change.repository_id,
            number=standing.seen.own + 1,
            changes=changes_of(standing.base, change.rubric),
            version=change.rubric.version,
            note=note,
            author=change.author,
            at=self._clock(),
        )

    def _heirs(self, standing: Standing, rubric: Rubric) -> list[int]:
        """The repositories whose own rubric becomes another. Raises UserError."""
        if standing.repository_id is not None:
            return [standing.repository_id]
        return [
            heir.repository_id
            for heir in self._store.heirs()
            if _bequeathed(rubric, heir) != _valid(standing.rubric, heir.changes)
        ]

    def _judge_again(self, repositories: Iterable[int]) -> tuple[int, ...]:
        scans = []
        for place, repository_id in enumerate(repositories):
            scan = self._requests.request(repository_id, "rubric", prompt=place < PROMPT)
            scans.append(scan.id)
        return tuple(scans)


def overtaken(now: Standing, seen: Seen) -> UserError:
    """Somebody else was quicker than someone who looked at these versions."""
    if now.seen.own != seen.own and now.last is not None:
        who = f"{now.last.author} changed this rubric"
    else:
        who = "An administrator changed the default that this rubric inherits"
    return UserError(
        "rubric.overtaken",
        f"{who} while you were looking at it, so nothing was saved.",
        "Your values stand below, against what holds now: look at them, and go on from there.",
    )


UNCHANGED: Final = UserError(
    "rubric.unchanged",
    "Nothing is different from the rubric that holds, so there is nothing to save.",
    "Change a value first.",
)


def _valid(base: Rubric, changes: Mapping[str, object]) -> Rubric | None:
    try:
        return restored(base, changes)
    except InvalidValuesError:
        return None


def _invalid(error: InvalidValuesError) -> UserError:
    return UserError(
        "rubric.invalid",
        f"The stored rubric is not valid: {error}.",
        "An owner of the team mends it on the rubric page.",
    )


def _bequeathed(default: Rubric, heir: Heir) -> Rubric:
    """What a repository will be judged by."""
    try:
        return restored(default, heir.changes)
    except InvalidValuesError as error:
        raise UserError(
            "rubric.weightless",
            f"With this default nothing would have a weight in {heir.name}, which changes weights.",
            "Leave a weight that it does not set to 0.",
        ) from error


def _checked(note: str) -> str:
    text = " ".join(note.split())
    if not text:
        raise UserError(
            "note.missing", "A change of the rubric needs a reason.", "Say why in a few words."
        )
    if len(text) > LONGEST_NOTE:
        raise UserError(
            "note.long", f"The reason is longer than {LONGEST_NOTE} characters.", "Shorten it."
        )
    return text
