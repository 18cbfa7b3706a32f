"""Rubric files that were made to break the page."""

from __future__ import annotations

import pytest
from django.test import Client

from scanner.storage.models import Repository, RubricVersion
from tests.dashboard.rubric_form import address

HOSTILE = {
    "number": "[limits]\nnesting = 0x" + "f" * 50_000,
    "negative": "[principles.typing]\nweight = -0x1" + "0" * 50,
    "infinite": "[principles.typing]\nweight = inf",
    "none": "[principles.typing]\nweight = nan",
    "float": "[limits]\nnesting = 1e308",
    "list": "[limits]\nnesting = [1, 2]",
    "day": "[limits]\nnesting = 2026-01-01",
    "escape": '[rules]\noff = ["\\u0000\\u202e<script>"]',
    "key": '["\\u0000<script>alert(1)</script>"]\na = 1',
    "dots": ".".join("a" * 100_000) + " = 1",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_told_and_stored_nowhere(
    owner_client: Client, repository: Repository, text: str
) -> None:
    answer = owner_client.post(address(repository), {"action": "file", "text": text})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert not RubricVersion.objects.exists()
