"""Values in addresses and forms that no database takes as they are."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from scanner.storage.models import Repository
from tests.dashboard.test_acceptance import address

FILTERS = {
    "author": ["\0", "%", "\\", "'", "\ud7ff\u202e", "x" * 101],
    "commit": ["\0", "abcd\n", "a" * 65, "%%%%"],
    "since": ["0001-01-01", "9999-12-31", "2026-02-30", "\0"],
    "page": ["0", "-1", "9" * 9, "\0", "9" * 5_000],
    "least": ["nan", "inf", "-0", "1e-400"],
    "path": ["\0", "*" * 200, "(" * 200, "[a-", "\\"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in FILTERS.items() for value in values]
)
def test_odd_filters_list_something(
    viewer_client: Client, repository: Repository, name: str, value: str
) -> None:
    listed = viewer_client.get(address(repository, "findings"), {name: value})
    table = viewer_client.get(address(repository, "findings"), {name: value, "format": "csv"})

    assert (listed.status_code, table.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert b"".join(table).startswith(b"state,rule")


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
def test_odd_numbers_of_scans(lead_client: Client, repository: Repository, number: int) -> None:
    parts = [repository.team.slug, repository.slug, number]
    before = list(repository.scans.values_list("pk", "status", "finished_at"))

    shown = lead_client.get(reverse("scan", args=parts))
    ended = lead_client.post(reverse("backfill-cancel", args=parts))
    running = lead_client.get(reverse("scan-progress", args=parts))

    assert (shown.status_code, running.status_code) == (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND)
    assert ended.status_code == HTTPStatus.FOUND
    assert list(repository.scans.values_list("pk", "status", "finished_at")) == before
