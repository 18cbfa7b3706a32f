"""The tokens of one person: everything but what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.queries.access import Viewer
from scanner.storage.models import ApiToken


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in the list."""

    id: int
    name: str
    scope: str
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Whether it opens nothing any more."""
        return self.expires_at is not None and self.expires_at <= now


def tokens_of(user: Viewer) -> list[TokenLine]:
    """The tokens of a person, newest first, in one query."""
    rows = ApiToken.objects.filter(user_id=user.pk or 0).order_by("-pk")
    return [
        TokenLine(*row)
        for row in rows.values_list("id", "name", "scope", "created_at", "used_at", "expires_at")
    ]
