"""Requests that name another encoding than UTF-8, at the door of the web server."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application

from dashboard.config.utf8_only import utf8_only

GATE = utf8_only(get_wsgi_application())


def status_of(content_type: str) -> str:
    """Ask for the page to sign in, with a query that is half a pair in UTF-7."""
    statuses: list[str] = []
    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)
    environ |= {
        "PATH_INFO": "/sign-in/",
        "QUERY_STRING": "next=%2B2AA-",
        "CONTENT_TYPE": content_type,
        "HTTP_HOST": "localhost",
    }

    def start_response(status: str, *_: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return lambda body: None

    b"".join(GATE(environ, start_response))
    return statuses[0]


@pytest.mark.parametrize("charset", ["utf-7", "rot13", '"UTF-16"', "utf-8; charset=rot13"])
def test_another_encoding_is_refused(charset: str) -> None:
    assert status_of(f"text/plain; charset={charset}") == "415 Unsupported Media Type"


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", ["", "text/plain", "text/plain; charset=UTF-8"])
def test_utf8_is_let_in(content_type: str) -> None:
    assert status_of(content_type) == "200 OK"
