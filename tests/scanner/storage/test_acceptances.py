"""Acceptances that are stored at the very same time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from scanner.application.accepting import NewAcceptance
from scanner.storage.acceptances import Acceptances
from scanner.storage.models import Repository
from tests.portfolio import store_repository, store_team, store_user

AT_ONCE = 4
ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_one_stands_of_many_at_once() -> None:
    team = store_team()
    user = store_user(team)
    repository = store_repository(team, "orders")
    named = list(repository.findings.filter(fixed_in=None).values_list("fingerprint", flat=True))

    for number in range(ROUNDS):
        counts = _accepted_at_once(repository, named, f"round {number}", user.pk)

        assert counts == [len(named)] * AT_ONCE
        standing = repository.acceptances.filter(ended_at=None)
        assert sorted(standing.values_list("fingerprint", flat=True)) == sorted(named)
        assert set(standing.values_list("reason", flat=True)) == {f"round {number}"}
    assert repository.acceptances.count() == ROUNDS * AT_ONCE * len(named)


def _accepted_at_once(
    repository: Repository, named: Sequence[str], reason: str, user_id: int
) -> list[int]:
    """How many each of some people accepted, all in the same moment."""
    barrier = Barrier(AT_ONCE)

    def accept(place: int) -> int:
        order = list(named) if place % 2 else list(reversed(named))
        new = NewAcceptance(repository.pk, order, reason, None, user_id)
        barrier.wait()
        try:
            with transaction.atomic():
                return Acceptances().add(new, timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(accept, range(AT_ONCE)))
