"""Whether a request wants a part of a page or the whole."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request that has passed the htmx middleware."""

    htmx: HtmxDetails


def wants_partial(request: HttpRequest) -> bool:
    """A request of htmx for a part; going back in history restores a whole page."""
    htmx = cast("HtmxRequest", request).htmx
    return bool(htmx) and not htmx.history_restore_request
