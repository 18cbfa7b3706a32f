"""The store of tokens."""

from __future__ import annotations

from datetime import datetime

from scanner.application.tokens import SCOPES, Bearer, Scope
from scanner.storage.models import ApiToken
from scanner.storage.texts import clean


class TokenRows:
    """Implements TokenStore."""

    def count(self, user_id: int) -> int:
        """How many a person has."""
        return ApiToken.objects.filter(user_id=user_id).count()

    def add(
        self, user_id: int, name: str, digest: str, scope: Scope, expires_at: datetime | None
    ) -> None:
        """Store one."""
        ApiToken.objects.create(
            user_id=user_id, name=clean(name, 80), digest=digest, scope=scope, expires_at=expires_at
        )

    def find(self, digest: str) -> Bearer | None:
        """The token with this digest, while its person may sign in."""
        row = ApiToken.objects.filter(digest=digest, user__is_active=True).first()
        if row is None:
            return None
        scope = next(scope for scope in SCOPES if scope == row.scope)
        return Bearer(row.pk, row.user_id, scope, row.expires_at, row.used_at)

    def used(self, token_id: int, now: datetime) -> None:
        """Note that it was used."""
        ApiToken.objects.filter(pk=token_id).update(used_at=now)

    def remove(self, user_id: int, token_id: int) -> bool:
        """Remove a person's token; False when there is none of this id."""
        removed, _ = ApiToken.objects.filter(user_id=user_id, pk=token_id).delete()
        return removed > 0
