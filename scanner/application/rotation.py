"""Bring every stored secret under the newest key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from scanner.application.records import SealedCredential
from scanner.domain.errors import UserError


class Resealing(Protocol):
    """Opens with any key, seals with the newest."""

    def rotate(self, sealed: SealedCredential) -> SealedCredential:
        """The same secret under the first key. Raises UserError "credential.unreadable"."""
        ...


class SealedStore(Protocol):
    """All stored secrets."""

    def all(self) -> Sequence[tuple[int, SealedCredential]]:
        """Each with the id of its repository."""
        ...

    def exchange(self, repository_id: int, seen: SealedCredential, new: SealedCredential) -> bool:
        """Store `new` unless the secret was replaced since `seen` was read."""
        ...


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many secrets were sealed anew, and whose could not be opened (ids of repositories)."""

    sealed: int
    unreadable: tuple[int, ...]


class KeyRotation:
    """The use case behind `rotate_keys`."""

    def __init__(self, resealing: Resealing, secrets: SealedStore) -> None:
        self._resealing = resealing
        self._secrets = secrets

    def run(self) -> Rotation:
        """Seal all anew; one that no key opens stays as it is."""
        sealed, unreadable = 0, []
        for repository_id, seen in self._secrets.all():
            try:
                new = self._resealing.rotate(seen)
            except UserError:
                unreadable.append(repository_id)
                continue
            sealed += self._secrets.exchange(repository_id, seen, new)
        return Rotation(sealed, tuple(unreadable))
