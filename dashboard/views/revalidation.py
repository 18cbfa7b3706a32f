"""Answers that a browser may keep, and asks about before it shows them again.

What stays the same is not worked out again: a page that says of what it is made gets a tag of that,
and is answered with 304 where the browser has it already. Permission comes first: a view asks who
may see before it gets here. The tag belongs to one session, so nothing outlives a sign-out or goes
to another user, and no proxy may keep any of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from dashboard.config.environment import HOME


def kept(request: HttpRequest, state: object, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a request that depends on its address, its session and a state alone.

    The `repr` of the state tells it apart from all others.
    """
    if len(messages.get_messages(request)):  # a word to this user, said once
        response = draw()
        patch_cache_control(response, no_store=True, private=True)
        return response
    tag = f'W/"{_digest(request, state)}"'  # weak: compression makes other bytes of it each time
    response = get_conditional_response(request, etag=tag) or draw()
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _digest(request: HttpRequest, state: object) -> str:
    session, theme = request.session.session_key, request.COOKIES.get("theme", "")
    parts = (session, request.get_full_path(), theme, _code(), state)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _code() -> float:
    """When the code of the pages changed last: a newer product draws them otherwise."""
    files = (HOME / "dashboard").rglob("*")
    return max(path.stat().st_mtime for path in files if path.suffix in {".py", ".html"})
