"""Changes of rubrics, stored for tests of what follows from them."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from scanner.application.requests import ScanRequests
from scanner.application.rubrics import Author, RubricChange, RubricChanges, Rubrics
from scanner.bootstrap.environment import atomic
from scanner.domain.rubric_values import Value, settled
from scanner.storage.models import Repository
from scanner.storage.repositories import Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Queue
from tests.scanner.hands import Bell

ANN: Final = Author(None, "ann")


def change_rubric(
    values: dict[str, Value], repository: Repository | None = None, note: str = "A reason."
) -> tuple[int, ...]:
    """Set these values of a repository's rubric, or of the default; the scans that wait for it."""
    store = RubricVersions()
    key = repository.pk if repository else None
    standing = Rubrics(store).standing(key)
    requests = ScanRequests(Repositories(), Queue(), atomic, Bell())
    rubric = settled(standing.rubric, values)
    change = RubricChange(key, rubric, standing.seen, note, ANN)
    return RubricChanges(store, requests, atomic, timezone.now).change(change)
