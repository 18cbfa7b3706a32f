"""The latest snapshot of a stored repository."""

from __future__ import annotations

from scanner.storage.models import Repository, Snapshot


def latest_of(repository: Repository) -> Snapshot:
    """The latest snapshot, which there must be."""
    assert repository.latest is not None
    return repository.latest


def change_latest(repository: Repository, **fields: object) -> None:
    """Store other values in it."""
    Snapshot.objects.filter(pk=latest_of(repository).pk).update(**fields)
