"""Who may come in: a bearer token, its scope, and the person behind it."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from ninja.security import HttpBearer

from scanner import bootstrap
from scanner.application.tokens import Bearer, Scope
from scanner.domain.errors import UserError


class ScopeError(UserError):
    """The token is good, and its scope is too small."""


class Door(HttpBearer):
    """Lets a token in whose scope holds `scope`; the request is then its person's."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """The bearer; None for a token that opens nothing. Raises ScopeError."""
        bearer = bootstrap.tokens().bearer(token)
        if bearer is None:
            return None
        if not bearer.may(self._scope):
            raise ScopeError(
                "token.scope",
                f"This token is for {bearer.scope}, and this asks for {self._scope}.",
                f"Make a token with the scope {self._scope}.",
            )
        request.user = get_user_model().objects.get(pk=bearer.user_id)
        return bearer


reads, scans, administers = Door("read"), Door("scan"), Door("admin")
