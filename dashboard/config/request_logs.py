"""One log line a request, and an id that ties every line of a request together."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger(__name__)


def request_logs(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that binds the id, takes a proxy's where it is well-formed, and logs.

    Query strings are left out: they may hold what a user typed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = get_response(request)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round(1000 * (time.perf_counter() - started), 1),
                user_id=_user_id(request),
            )
        response[HEADER] = request_id
        return response

    return middleware


def _user_id(request: HttpRequest) -> int | None:
    user = getattr(request, "_cached_user", None)  # asking for `user` could cost a query
    return user.pk if user is not None else None
