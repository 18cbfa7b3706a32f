"""Scans by a real worker over a real broker, from the request to the verdict."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import Registered, RegistrationRequest
from scanner.storage.models import FileScore, Finding, Repository, Scan, Team, Tracing
from tests.portfolio import store_team
from tests.services.processes import await_value
from tests.services.redis import RedisServer
from tests.services.repositories import FIRST_COMMIT, RepositoryBuilder
from tests.services.worker import Worker

BARE = "def total(prices):\n    return sum(prices)\n"


@pytest.fixture
def team(worker: Worker, reachable: Configuration) -> Team:
    return store_team()


def register(team: Team, address: str | Path) -> Registered:
    """As the form does it for an administrator."""
    request = RegistrationRequest(team.pk, str(address), may_use_paths=True)
    return bootstrap.registration().register(request)


def ended(scan_id: int) -> Scan:
    """The scan, once it is done or failed."""
    scan = await_value(
        lambda: Scan.objects.filter(pk=scan_id, status__in=["done", "failed"]).first(),
        what=f"scan {scan_id}",
    )
    return scan


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_folder_is_scanned_twice_and_parsed_once(team: Team, tmp_path: Path) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    write(tmp_path, "shop/rows.py", "ROWS = 3\n")
    registered = register(team, tmp_path)
    first = ended(registered.scan_id)
    assert (first.status, first.parsed, first.error_message) == ("done", 2, "")
    assert first.snapshot is not None
    assert (first.snapshot.modules, first.snapshot.open_findings) == (2, 2)
    requested = bootstrap.scan_requests().request(registered.repository.id)
    second = ended(requested.id)
    assert (second.status, second.parsed, second.snapshot) == ("done", 0, first.snapshot)


def test_origins_are_looked_up_after_the_verdict(team: Team, tmp_path: Path) -> None:
    author = "Ann Author <ann@example.org>"
    RepositoryBuilder(tmp_path / "shop").commit({"shop/prices.py": BARE}, author=author)
    registered = register(team, tmp_path / "shop")
    assert ended(registered.scan_id).status == "done"
    found = await_value(
        lambda: Finding.objects.filter(rule="TY01", origin="known").first(), what="the origin"
    )
    assert found.introduced_by == "Ann Author"
    await_value(lambda: not Tracing.objects.exists(), what="the end")


def test_changes_are_counted_with_the_verdict(team: Team, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.commit({"shop/prices.py": BARE, "shop/rows.py": "ROWS = 3\n"})
    builder.commit({"shop/rows.py": "ROWS = 4\n"})
    registered = register(team, tmp_path / "shop")
    assert ended(registered.scan_id).status == "done"
    rows = FileScore.objects.order_by("path").values_list("path", "changes_90")
    assert list(rows) == [("shop/prices.py", 1), ("shop/rows.py", 2)]


def test_a_due_schedule_is_scanned(team: Team, tmp_path: Path) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    registered = register(team, tmp_path)
    ended(registered.scan_id)
    Repository.objects.filter(pk=registered.repository.id).update(
        cron="0 3 * * *", next_run_at=timezone.now()
    )
    current_app.send_task("scanner.tick", queue="control")
    scheduled = await_value(
        lambda: Scan.objects.filter(trigger="scheduled", status="done").first(), what="the scan"
    )
    assert scheduled.repository_id == registered.repository.id
    repository = Repository.objects.get()
    assert repository.next_run_at is not None
    assert repository.next_run_at > timezone.now()


def test_what_the_user_can_mend_is_told(team: Team, tmp_path: Path) -> None:
    registered = register(team, tmp_path)
    tmp_path.rmdir()
    requested = bootstrap.scan_requests().request(registered.repository.id)
    scan = ended(requested.id)
    assert (scan.status, scan.error_code) == ("failed", "address.local-missing")
    assert scan.error_next_step


def test_every_line_of_a_scan_names_it(team: Team, worker: Worker, tmp_path: Path) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    scan = ended(register(team, tmp_path).scan_id)
    lines = [json.loads(line) for line in worker.text().splitlines() if line.startswith("{")]
    said = [line["event"] for line in lines if line.get("scan_id") == scan.pk]
    assert said[0] == "scan started, attempt 1"
    assert any(event.startswith("scan done") for event in said)


def test_lost_messages_are_sent_again(
    redis_server: RedisServer, team: Team, worker: Worker, tmp_path: Path
) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scanner.waking.SCANS", "a queue that nobody reads")
        registered = register(team, tmp_path)
    with redis_server.client() as client:
        client.flushall()
    Scan.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    bootstrap.clockwork().tick()
    assert ended(registered.scan_id).status == "done"


def test_a_request_is_kept_while_the_broker_is_mute(
    redis_server: RedisServer, team: Team, tmp_path: Path
) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    with redis_server.mute():
        registered = register(team, tmp_path)
        scan = Scan.objects.get(pk=registered.scan_id)
        assert (scan.status, scan.sent_at) == ("queued", None)
    Scan.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    bootstrap.clockwork().tick()
    assert ended(registered.scan_id).status == "done"


def test_a_worker_outlives_a_restart_of_the_broker(
    redis_server: RedisServer, team: Team, tmp_path: Path
) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    redis_server.kill()
    registered = register(team, tmp_path)
    redis_server.start()
    Scan.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    bootstrap.clockwork().tick()
    assert ended(registered.scan_id).status == "done"


def test_the_past_follows_the_first_scan(team: Team, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop.git", bare=True)
    for week in range(5):
        when = FIRST_COMMIT + timedelta(weeks=week)
        builder.commit({f"shop/m{week}.py": BARE}, when=when)
    registered = register(team, builder.path)
    ended(registered.scan_id)
    backfill = await_value(
        lambda: Scan.objects.filter(kind="backfill", status__in=["done", "failed"]).first(),
        what="the backfill",
    )
    assert (backfill.status, backfill.points, backfill.trigger) == ("done", 5, "following")
    stored = Repository.objects.get().snapshots.order_by("committed_at")
    assert [row.modules for row in stored] == [1, 2, 3, 4, 5]
    assert [row.backfilled for row in stored] == [True] * 4 + [False]


def test_an_upgrade_of_the_engine_judges_the_past_again(team: Team, tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop.git", bare=True)
    for week in range(3):
        builder.commit({f"m{week}.py": BARE}, when=FIRST_COMMIT + timedelta(weeks=week))
    ended(register(team, builder.path).scan_id)
    past = Scan.objects.filter(kind="backfill", status="done")
    await_value(past.exists, what="the first backfill")
    snapshots = Repository.objects.get().snapshots
    new = set(snapshots.values_list("engine", flat=True)).pop()
    snapshots.update(engine="1.0.1+cpython-3.9")
    Scan.objects.filter(kind="backfill").update(engine="1.0.1+cpython-3.9")
    assert bootstrap.upgrading().tick() == 1
    assert ended(Scan.objects.get(trigger="engine").pk).status == "done"
    await_value(lambda: past.count() == 2, what="the second backfill")
    engines = snapshots.filter(backfilled=True).values_list("engine", flat=True)
    assert list(engines) == [new] * 2
    assert Repository.objects.get(latest__engine=new).snapshots.count() == 4  # the old verdict too
    assert bootstrap.upgrading().tick() == 0
