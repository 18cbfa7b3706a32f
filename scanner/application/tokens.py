"""Tokens by which programs speak for a person: made once, shown once, known by their digest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from scanner.application.naming import tidy_name
from scanner.application.stores import Clock
from scanner.domain.errors import UserError

Scope = Literal["read", "scan", "admin"]
SCOPES: Final[tuple[Scope, ...]] = ("read", "scan", "admin")
"""Each holds what stands before it."""

MARK: Final = "cv_"  # so that a token that leaked is recognised
MOST: Final = 50  # tokens of one person
LONGEST_NAME: Final = 80
USE: Final = timedelta(minutes=1)  # between two notes of its use


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who speaks through a token, and what it may be used for."""

    token_id: int
    user_id: int
    scope: Scope
    expires_at: datetime | None
    used_at: datetime | None

    def may(self, scope: Scope) -> bool:
        """Whether its scope holds this one."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


class TokenStore(Protocol):
    """The tokens, by their digests."""

    def count(self, user_id: int) -> int:
        """How many a person has."""
        ...

    def add(
        self, user_id: int, name: str, digest: str, scope: Scope, expires_at: datetime | None
    ) -> None:
        """Store one."""
        ...

    def find(self, digest: str) -> Bearer | None:
        """The token with this digest, while its person may sign in."""
        ...

    def used(self, token_id: int, now: datetime) -> None:
        """Note that it was used."""
        ...

    def remove(self, user_id: int, token_id: int) -> bool:
        """Remove a person's token; False when there is none of this id."""
        ...


class Tokens:
    """The use case behind the page of tokens and the door of the API."""

    def __init__(self, tokens: TokenStore, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    def issue(self, user_id: int, name: str, scope: Scope, days: int | None) -> str:
        """A new token, which nobody can read again. Raises UserError "name.empty", "token.many"."""
        shown = tidy_name(name)[:LONGEST_NAME]
        if not shown:
            raise UserError(
                "name.empty", "The name is empty.", "Say what the token is for, to know it again."
            )
        if self._tokens.count(user_id) >= MOST:
            raise UserError(
                "token.many", f"There are {MOST} tokens already.", "Revoke one that is not in use."
            )
        token = MARK + secrets.token_urlsafe(32)
        ends = self._clock() + timedelta(days=days) if days else None
        self._tokens.add(user_id, shown, _digest(token), scope, ends)
        return token

    def bearer(self, token: str) -> Bearer | None:
        """Who speaks through this token; None when it is unknown, revoked or over."""
        found = self._tokens.find(_digest(token))
        now = self._clock()
        if found is None or (found.expires_at is not None and found.expires_at <= now):
            return None
        if found.used_at is None or now - found.used_at >= USE:
            self._tokens.used(found.token_id, now)
        return found

    def revoke(self, user_id: int, token_id: int) -> bool:
        """End a token at once; False when the person has none of this id."""
        return self._tokens.remove(user_id, token_id)


def _digest(token: str) -> str:
    """A token has 256 random bits, so that a plain hash of it cannot be turned back."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
