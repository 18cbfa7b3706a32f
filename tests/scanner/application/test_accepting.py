"""Acceptances: what a team leaves out of the score, from the form's values to the next verdict."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from scanner.application.accepting import Accepting, NewAcceptance
from scanner.application.clockwork import Clockwork, ClockworkStores
from scanner.application.requests import ScanRequests
from scanner.domain.errors import UserError
from scanner.storage.acceptances import Acceptances
from scanner.storage.beats import Beats
from scanner.storage.models import Repository, Snapshot
from scanner.storage.repositories import Repositories, Schedules
from scanner.storage.scans import Queue
from tests.portfolio import store_repository, store_team, store_user
from tests.scanner.workbench import Workbench

SILENT = """def save(row: str) -> None:
    try:
        open(row)
    except Exception:
        pass


def load(row):
    return row
"""


class Room:
    """A scanned repository with two findings, and the use case that accepts them."""

    def __init__(self, repository: Repository, user: User) -> None:
        self.repository = repository
        self.user = user
        self.bench = Workbench()
        requests = ScanRequests(Repositories(), Queue(), transaction.atomic, lambda _: None)
        self.use_case = Accepting(Acceptances(), requests, transaction.atomic, self.bench.clock)
        self.bench.branch.commit({"shop/rows.py": SILENT})
        self.bench.scan(repository.pk)

    def fingerprint(self, rule: str = "FF01") -> str:
        return self.repository.findings.get(rule=rule, fixed_in=None).fingerprint

    def accept(
        self, rule: str = "FF01", reason: str = "a cache", until: datetime | None = None
    ) -> None:
        self.use_case.accept(
            NewAcceptance(self.repository.pk, [self.fingerprint(rule)], reason, until, self.user.pk)
        )

    def judge(self) -> Snapshot:
        self.bench.scan(self.repository.pk)
        self.repository.refresh_from_db()
        assert self.repository.latest is not None
        return self.repository.latest

    def tick(self) -> None:
        stores = ClockworkStores(
            Beats(), Schedules(), self.bench.leases, Queue(), Acceptances(), transaction.atomic
        )
        lease = timedelta(seconds=30)
        Clockwork(stores, self.bench.bell, lambda: 0, self.bench.clock, lease).tick()


@pytest.fixture
def room(db: None) -> Room:
    team = store_team()
    repository = store_repository(team, snapshots=0)
    repository.scans.all().delete()
    return Room(repository, store_user(team))


def test_it_works(room: Room) -> None:
    before = room.judge()
    room.accept(reason="the cache may be gone")
    after = room.judge()
    assert after.score > before.score
    assert after.strict_score == before.score
    assert (before.accepted_findings, after.accepted_findings) == (0, 1)
    assert after.open_findings == before.open_findings - 1
    row = room.repository.findings.get(rule="FF01")
    assert (row.accepted_by, row.reason, row.points) == ("team", "the cache may be gone", 0.0)


def test_a_scan_is_asked_for_at_once(room: Room) -> None:
    room.accept()
    assert room.repository.scans.filter(status="queued").count() == 1


def test_it_outlives_other_commits(room: Room) -> None:
    room.accept()
    room.bench.branch.commit({"shop/rows.py": f"# moved\n\n\n{SILENT}"})
    assert room.judge().accepted_findings == 1
    assert room.repository.findings.get(rule="FF01").line == 7


def test_past_snapshots_stay_as_they_were(room: Room) -> None:
    past = room.judge()
    room.accept()
    room.bench.branch.commit({"shop/rows.py": f"{SILENT}\n"})
    room.judge()
    then = Snapshot.objects.get(pk=past.pk)
    assert (then.score, then.accepted_findings) == (past.score, 0)


def test_what_is_withdrawn_costs_again(room: Room) -> None:
    before = room.judge()
    room.accept()
    room.judge()
    room.use_case.withdraw(room.repository.pk, [room.fingerprint()])
    after = room.judge()
    assert (after.score, after.accepted_findings) == (before.score, 0)


def test_what_is_over_is_judged_anew_by_the_tick(room: Room) -> None:
    before = room.judge()
    room.accept(until=room.bench.clock() + timedelta(days=30))
    assert room.judge().accepted_findings == 1
    room.bench.clock.move(days=29)  # type: ignore[attr-defined]
    room.tick()
    assert not room.repository.scans.filter(status="queued").exists()
    room.bench.clock.move(days=2)  # type: ignore[attr-defined]
    room.tick()
    assert room.repository.scans.filter(status="queued", trigger="scheduled").count() == 1
    assert room.judge().score == before.score


def test_the_last_word_counts(room: Room) -> None:
    room.accept(reason="for now", until=room.bench.clock() + timedelta(days=1))
    room.accept(reason="for good")
    assert room.repository.acceptances.count() == 2
    standing = room.repository.acceptances.get(ended_at=None)
    assert (standing.reason, standing.expires_at, standing.author) == ("for good", None, room.user)


def test_a_comment_speaks_before_the_team(room: Room) -> None:
    room.accept(reason="said on the page")
    text = SILENT.replace(
        "except Exception:", "except Exception:  # codevitals: ignore[FF01] said here"
    )
    room.bench.branch.commit({"shop/rows.py": text})
    room.judge()
    row = room.repository.findings.get(rule="FF01", fixed_in=None)
    assert (row.accepted_by, row.reason) == ("comment", "said here")


@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [
        ("  ", None, "reason.missing"),
        ("x" * 501, None, "reason.long"),
        ("known", -1, "expiry.past"),
    ],
)
def test_what_makes_no_sense_is_refused(
    room: Room, reason: str, days: int | None, code: str
) -> None:
    until = None if days is None else room.bench.clock() + timedelta(days=days)
    with pytest.raises(UserError) as caught:
        room.accept(reason=reason, until=until)
    assert caught.value.code == code
    assert not room.repository.acceptances.exists()


def test_a_finding_of_another_repository_is_not_there(room: Room) -> None:
    other = store_repository(store_team(), "other")
    stranger = other.findings.filter(fixed_in=None).first()
    assert stranger is not None
    wanted = NewAcceptance(room.repository.pk, [stranger.fingerprint], "known", None, room.user.pk)
    with pytest.raises(UserError) as caught:
        room.use_case.accept(wanted)
    assert caught.value.code == "findings.gone"


def test_too_many_at_once_are_refused(room: Room) -> None:
    wanted = NewAcceptance(room.repository.pk, ["0" * 16] * 501, "known", None, room.user.pk)
    with pytest.raises(UserError) as caught:
        room.use_case.accept(wanted)
    assert caught.value.code == "findings.many"


def test_nothing_is_withdrawn_twice(room: Room) -> None:
    room.accept()
    room.use_case.withdraw(room.repository.pk, [room.fingerprint()])
    with pytest.raises(UserError) as caught:
        room.use_case.withdraw(room.repository.pk, [room.fingerprint()])
    assert caught.value.code == "acceptance.gone"
