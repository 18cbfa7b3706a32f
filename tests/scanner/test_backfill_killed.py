"""A worker that is killed during a backfill: the next attempt ends where a quiet one ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scanner import bootstrap
from scanner.application.backfilling import CHUNK
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.domain.timeline import EVERY, Choice
from scanner.storage.models import Repository, Scan, Snapshot, Team
from scanner.storage.strands import found_at
from tests.portfolio import store_team
from tests.services.processes import await_value
from tests.services.repositories import RepositoryBuilder
from tests.services.worker import Worker

MakeWorker = Callable[..., Worker]
WEEKS = 70  # more than are stored together
QUIET = "def f{0}(x):\n    try:\n        return x\n    except Exception:\n        pass\n"
BARE = "def f{0}(x):\n    return x\n"


def build(folder: Path) -> None:
    """Two commits a week, the first of them tagged."""
    builder, start = RepositoryBuilder(folder, bare=True), datetime(2023, 1, 2, tzinfo=UTC)
    for week in range(WEEKS):
        for day in (0, 3):
            text = (QUIET if (week + day) % 3 else BARE).format(week % 7)
            when = start + timedelta(weeks=week, days=day)
            builder.commit(
                {f"shop/m{week % 7}.py": text, "shop/n.py": f"N = {week + day}\n"}, when=when
            )
        builder.tag(f"v{week}", "HEAD~1")


def registered(team: Team, folder: Path) -> Repository:
    """One more registration of it, scanned."""
    request = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
    made = bootstrap.registration().register(request)
    bootstrap.scanning().run(made.scan_id)
    return Repository.objects.get(pk=made.repository.id)


def ended(scan_id: int) -> Scan:
    """The backfill, once it is over; meanwhile the clock ticks."""

    def found() -> Scan | None:
        bootstrap.clockwork().tick()
        return Scan.objects.filter(pk=scan_id, status__in=["done", "failed"]).first()

    return await_value(found, 60, f"backfill {scan_id}")


def points(repository: Repository) -> dict[str, tuple[object, ...]]:
    """What is stored of each point of the past: figures and findings."""
    return {
        row.commit: (
            row.score, row.strict_score, row.coverage, row.lines, row.place, tuple(row.tags),
            sorted(found_at(row).values_list("fingerprint", flat=True)),
        )
        for row in Snapshot.objects.filter(repository=repository, backfilled=True)
    }  # fmt: skip


def test_a_killed_backfill_ends_where_a_quiet_one_does(
    reachable: Configuration, make_worker: MakeWorker, tmp_path: Path
) -> None:
    folder, markers = tmp_path / "shop.git", tmp_path / "markers"
    build(folder)
    markers.mkdir()
    teams = [store_team(f"Team {number}") for number in range(2 * len(EVERY))]
    repositories = [registered(team, folder) for team in teams]
    pairs = list(zip(EVERY, repositories[::2], repositories[1::2], strict=True))
    asked: list[tuple[int, int]] = []
    for every, killed, quiet in pairs:
        (markers / str(killed.pk)).touch()
        first, second = (
            bootstrap.backfills().request(one.pk, Choice(every)).id for one in (killed, quiet)
        )
        asked.append((first, second))

    worker = make_worker(
        "mortal",
        include="tests.scanner.mortal",
        CODEVITALS_LEASE_SECONDS="3",
        MORTAL=str(markers),
    )
    for first, second in asked:
        again, once = ended(first), ended(second)
        assert (again.status, once.status) == ("done", "done")
        assert again.attempt > 1
        assert again.points_before >= CHUNK  # the first chunk stayed, the second went whole
    assert "SIGKILL" in worker.text()
    assert not list(markers.iterdir())
    for _, killed, quiet in pairs:
        assert points(killed) == points(quiet)
    assert [len(points(quiet)) for _, _, quiet in pairs] == [2 * WEEKS - 1, WEEKS, 2 * WEEKS - 1]
