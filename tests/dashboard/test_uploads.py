"""Files that are too large to be kept while a request comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dashboard.uploads import MOST_BYTES
from scanner.storage.models import Repository
from tests.dashboard.rubric_form import address


@pytest.mark.parametrize("count", [1, 20])
def test_no_file_of_a_stranger_fills_the_disk(
    client: Client, db: None, tmp_path: Path, settings: Settings, count: int
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    content = b"x" * (MOST_BYTES // count + 1)
    files = {f"f{number}": SimpleUploadedFile("a.toml", content) for number in range(count)}

    assert client.post(reverse("sign-in"), files).status_code == 400
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= MOST_BYTES


def test_a_smaller_file_reaches_its_form(owner_client: Client, repository: Repository) -> None:
    file = SimpleUploadedFile("a.toml", b"[limits]\nnesting = 6\n")

    answer = owner_client.post(address(repository), {"action": "file", "file": file})

    assert answer.status_code == 200
