"""The thread that keeps a lease alive."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scanner.application.records import Claim
from scanner.storage.clock import database_clock
from scanner.storage.models import Scan
from scanner.storage.pulse import pulse
from scanner.storage.scans import Leases
from tests.portfolio import store_repository, store_team
from tests.services.processes import await_value

LEASE = timedelta(milliseconds=300)

pytestmark = pytest.mark.django_db(transaction=True)


def start() -> Claim:
    scan = store_repository(store_team(), snapshots=0).scans.get()
    claim = Leases(database_clock).claim(scan.pk, LEASE)
    assert claim is not None
    return claim


def lease_of(claim: Claim) -> datetime:
    lease = Scan.objects.get(pk=claim.scan_id).lease_until
    assert lease is not None
    return lease


def test_it_beats_while_the_work_goes_on_and_stops_with_it() -> None:
    claim = start()
    first = lease_of(claim)
    with pulse(Leases(database_clock), LEASE)(claim):
        await_value(lambda: lease_of(claim) > first + LEASE, what="two beats")
    last = lease_of(claim)
    await_value(lambda: database_clock() > last + LEASE, what="the end of the lease")
    assert lease_of(claim) == last


def test_it_ends_when_the_lease_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    claim = start()
    with pulse(Leases(database_clock), LEASE)(claim):
        Leases(database_clock).requeue(claim)
        await_value(lambda: "the lease is lost" in caplog.text, what="the end of the pulse")
    assert Scan.objects.get(pk=claim.scan_id).status == "queued"


def test_an_error_of_the_work_ends_it_too() -> None:
    claim = start()
    with pytest.raises(RuntimeError, match="work"), pulse(Leases(database_clock), LEASE)(claim):
        raise RuntimeError("work")
    last = lease_of(claim)
    await_value(lambda: database_clock() > last + LEASE, what="the end of the lease")
    assert lease_of(claim) == last
