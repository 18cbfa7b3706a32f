"""What nobody should be able to send to the pages of acceptances."""

from __future__ import annotations

import pytest
from django.test import Client

from scanner.storage.models import Repository
from tests.dashboard.test_acceptance import address, dearest

NOTHING = "\0"


@pytest.mark.parametrize("value", [NOTHING, "a\0b", "x" * 100_000, "\u202e", "'", "%"])
def test_odd_fingerprints(lead_client: Client, repository: Repository, value: str) -> None:
    shown = lead_client.get(address(repository), {"f": value})
    sent = {"f": value, "reason": "A published table."}
    accepted = lead_client.post(address(repository), sent)
    withdrawn = lead_client.post(address(repository, "withdraw"), sent)

    assert (shown.status_code, accepted.status_code, withdrawn.status_code) == (200, 422, 302)
    assert not repository.acceptances.exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-99-99", "2026-01-01\0"])
def test_odd_days(lead_client: Client, repository: Repository, day: str) -> None:
    sent = {"f": dearest(repository).fingerprint, "reason": "Ours.", "span": "day", "day": day}

    answer = lead_client.post(address(repository), sent)

    assert answer.status_code == 422
    assert not repository.acceptances.exists()
