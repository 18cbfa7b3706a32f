"""A list as of a commit: which snapshot is meant, and what its findings were called then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet

from scanner.storage.models import FormerName, Snapshot
from scanner.storage.spans import there_at

_ENOUGH: Final = 20  # verdicts that a beginning of a commit may match until it is told apart


@dataclass(frozen=True, slots=True)
class Instant:
    """The point that an address asks for. Without a commit there is none, or several."""

    text: str  # as it was asked for
    commit: str = ""
    at: datetime | None = None  # when it was committed
    turn: int = 0  # of a scan; 0: a point of a backfill
    snapshot: int = 0
    latest: int = 0  # the snapshot that stands
    repository: int = 0
    rubric: str = ""  # the version that judged it
    strand: int = 0  # of a point of the past; 0: nobody knows what was found
    place: int | None = None
    is_ambiguous: bool = False

    @property
    def is_past(self) -> bool:
        """Whether it is a point of a backfill of which it is known what was found."""
        return not self.turn and bool(self.strand)

    @property
    def is_latest(self) -> bool:
        """Whether today's list says the same."""
        return bool(self.snapshot) and self.snapshot == self.latest

    @property
    def pair(self) -> str:
        """The query of a comparison with the snapshot that stands."""
        return urlencode({"from": f"verdict-{self.snapshot}", "to": f"verdict-{self.latest}"})


def instant_of(repository_id: int, text: str, digits: str) -> Instant:
    """What a text asks for; `digits` are its valid ones, "" where it is no commit.

    Of a commit that several rubrics judged it is the last verdict of a scan.
    """
    if not digits:
        return Instant(text)
    found = Snapshot.objects.filter(
        repository_id=repository_id, commit__startswith=digits.lower()
    ).order_by("-turn", "-judged_at", "-pk")
    columns = ("commit", "committed_at", "turn", "pk", "repository__latest")
    rows = list(found.values_list(*columns, "rubric", "strand", "place")[:_ENOUGH])
    if len({row[0] for row in rows}) != 1:
        return Instant(text, is_ambiguous=bool(rows))
    commit, at, turn, pk, latest, rubric, strand, place = rows[0]
    return Instant(
        text, commit, at, turn, pk, latest or 0, repository_id, rubric, strand or 0, place
    )


def names_at(repository_id: int, turn: int) -> Mapping[int, FormerName]:
    """What findings were called at a turn, by finding; those that have another name today."""
    return {each.finding_id: each for each in _names(repository_id, turn).filter(absorbed=False)}


def absorbed_at(repository_id: int, turn: int) -> Sequence[FormerName]:
    """What was a finding of its own at a turn, and goes on in a larger one today."""
    return list(_names(repository_id, turn).filter(absorbed=True).order_by("path", "line", "pk"))


def _names(repository_id: int, turn: int) -> QuerySet[FormerName]:
    return FormerName.objects.filter(there_at(turn), repository_id=repository_id)
