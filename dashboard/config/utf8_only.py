"""Requests in other encodings than UTF-8 are refused before anything of them is read.

Pages send UTF-8. Another charset in the header would decide how the query and the fields are read:
some bring lone surrogates, which no database takes, and some are no text encodings at all. Django
meets a charset while it makes the request, outside all middleware, so none may get that far.
"""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters

_NAMES = frozenset({"utf-8", "utf8"})


def utf8_only(application: WSGIApplication) -> WSGIApplication:
    """The application behind a gate that answers 415 where UTF-8 is not meant."""

    def gate(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _charset(environ.get("CONTENT_TYPE", "")).lower() in _NAMES:
            return application(environ, start_response)
        start_response("415 Unsupported Media Type", [("Content-Type", "text/plain")])
        return [b"Send UTF-8.\n"]

    return gate


def _charset(content_type: str) -> str:
    """The encoding that Django would take; "" for a header it cannot read."""
    try:
        return str(parse_header_parameters(content_type)[1].get("charset", "utf-8"))
    except ValueError:
        return ""
