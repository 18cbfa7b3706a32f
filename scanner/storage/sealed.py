"""The store of all sealed secrets, for their rotation."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.application.records import SealedCredential
from scanner.storage.models import Credential


class SealedCredentials:
    """Implements SealedStore."""

    def all(self) -> Sequence[tuple[int, SealedCredential]]:
        """Each with the id of its repository."""
        return [
            (
                row.repository_id,
                SealedCredential(row.kind, row.username, bytes(row.ciphertext), row.known_hosts),
            )
            for row in Credential.objects.order_by("repository_id")
        ]

    def exchange(self, repository_id: int, seen: SealedCredential, new: SealedCredential) -> bool:
        """Store `new` unless the secret was replaced since `seen` was read."""
        unchanged = Credential.objects.filter(
            repository_id=repository_id, ciphertext=seen.ciphertext
        )
        return unchanged.update(ciphertext=new.ciphertext) == 1
