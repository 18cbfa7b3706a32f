"""Previews of rubrics: what somebody asked, how far it is, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import Http404
from django.utils import timezone
from pydantic import TypeAdapter

from scanner.storage.models import Preview, Repository

PATIENCE: Final = timedelta(seconds=10)
_PHASES: Final = {"facts": "Reading modules", "judge": "Judging", "fetch": "Fetching"}


@dataclass(frozen=True, slots=True)
class RuleMove:
    """What becomes of one rule's open findings."""

    rule: str
    came: int
    went: int
    findings: int  # afterwards
    points_before: float
    points_after: float


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a repository by one rubric; a principle that does not apply has none."""

    score: float
    grade: str
    principles: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one repository's newest verdict."""

    repository: int
    before: Scored
    after: Scored
    rules: tuple[RuleMove, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A commit under both rubrics."""

    commit: str
    committed_at: datetime
    coverage: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What another rubric would do, as `answer_document` wrote it."""

    repositories: tuple[Effect, ...]
    points: tuple[Moved, ...]
    left_out: int
    missing: int


_READ: Final = TypeAdapter(Answered).validate_python


@dataclass(frozen=True, slots=True)
class PreviewState:
    """A question and how far it is. `answer` is there when it is done."""

    id: int
    status: str
    phase: str
    done: int
    total: int
    asked_at: datetime
    lease_until: datetime | None
    error: tuple[str, str]  # message and next step; "" while nothing went wrong
    answer: Answered | None
    sent: Mapping[str, str]

    @property
    def is_live(self) -> bool:
        """Whether an answer is still to come."""
        return self.status in {"queued", "running"}

    @property
    def is_unheard(self) -> bool:
        """Whether no worker took it for a while, or the one that did fell silent."""
        now = timezone.now()
        if self.status == "running":
            return self.lease_until is not None and self.lease_until < now
        return self.status == "queued" and now - self.asked_at > PATIENCE

    @property
    def sentence(self) -> str:
        """How far it is, in words."""
        if self.status == "queued":
            return "It waits for a worker."
        words = _PHASES.get(self.phase, "Opening the history")
        return f"{words}: {100 * self.done // self.total} %." if self.total else f"{words}."


@dataclass(frozen=True, slots=True)
class Named:
    """A repository as a ranking names it; the name is hostile text."""

    id: int
    name: str
    slug: str
    team: str
    team_slug: str


def preview_of(repository_id: int | None, preview_id: int) -> PreviewState:
    """One preview of a repository's rubric, or of the default. Raises Http404."""
    row = Preview.objects.filter(pk=preview_id, repository=repository_id).first()
    if row is None:
        raise Http404("no such preview")
    return PreviewState(
        id=row.pk,
        status=row.status,
        phase=row.phase,
        done=row.done,
        total=row.total,
        asked_at=row.created_at,
        lease_until=row.lease_until,
        error=(row.error_message, row.error_next_step),
        answer=_READ(row.answer) if row.answer else None,
        sent=row.sent,
    )


def named(repositories: Sequence[int]) -> Mapping[int, Named]:
    """The names of repositories, in one query."""
    rows = Repository.objects.filter(pk__in=repositories)
    columns = ("pk", "name", "slug", "team__name", "team__slug")
    return {row[0]: Named(*row) for row in rows.values_list(*columns)}
