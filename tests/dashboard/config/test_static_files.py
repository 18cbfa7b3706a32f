"""Static files as they are served: compressed once, and kept by browsers for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def not_found(_: HttpRequest) -> HttpResponse:
    """What lies behind the static files."""
    return HttpResponse(status=404)


@pytest.mark.parametrize("name", ["app.css", "app.js", "tokens.css"])
def test_static_files_are_compressed_and_unchangeable(name: str, tmp_path: Path) -> None:
    storages = {**project.STORAGES, "staticfiles": {"BACKEND": MANIFEST}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"][name]
        request = RequestFactory().get(f"/static/{hashed}", headers={"accept-encoding": "gzip"})
        response = WhiteNoiseMiddleware(not_found)(request)

    assert hashed != name
    assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
