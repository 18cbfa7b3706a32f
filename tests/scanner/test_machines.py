"""Several machines: workers and a web server with a data directory each, one database, one broker.

What a second machine needs is the database, the broker and the keys; mirrors and caches it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.errands import FETCHING
from scanner.application.reading import FileContent
from scanner.application.registration import RegistrationRequest
from scanner.bootstrap.environment import mirror_folder
from scanner.domain.errors import UserError
from scanner.domain.revisions import Token
from scanner.storage.models import Repository, Scan, Team
from tests.portfolio import store_team
from tests.services.gate import Gate
from tests.services.git_http import TOKEN, GitHttpServer
from tests.services.processes import await_value
from tests.services.redis import RedisServer
from tests.services.repositories import RepositoryBuilder
from tests.services.worker import Worker

MakeWorker = Callable[..., Worker]
PATH = "shop/prices.py"
BARE = "def total(prices):\n    return sum(prices)\n"


class Machine:
    """A data directory of its own with the keys of the others."""

    def __init__(self, folder: Path, redis: RedisServer) -> None:
        folder.mkdir()
        self.data_dir = folder
        shared: Path = settings.CODEVITALS.data_dir
        names = ["encryption.key"]
        if connection.vendor == "sqlite":
            names.append("codevitals.sqlite3")  # what PostgreSQL is on several machines
        for name in names:
            (folder / name).symlink_to(shared / name)
        self.environment = {
            "CODEVITALS_DATA_DIR": str(folder),
            "CODEVITALS_REDIS_URL": f"unix://{redis.socket}",
        }

    def kept(self) -> set[int]:
        """The repositories with a mirror and a cache here."""
        caches = self.data_dir.glob("mirrors/*/cache.sqlite3")
        return {int(path.parent.name) for path in caches if (path.parent / "mirror.git").exists()}


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path / "gate")
    yield gate
    gate.open()


@pytest.fixture
def team(reachable: Configuration, make_worker: MakeWorker) -> Team:
    return store_team()


def register(team: Team, host: GitHttpServer, name: str, folder: Path) -> Scan:
    """A private repository of three modules; its first scan."""
    builder = RepositoryBuilder(folder / name)
    builder.commit({PATH: BARE, "shop/rows.py": "ROWS = 3\n", "shop/__init__.py": ""})
    host.publish(builder, name)
    request = RegistrationRequest(team.pk, host.url("token", name), credential=Token(TOKEN))
    return Scan.objects.get(pk=bootstrap.registration().register(request).scan_id)


def ended(scan: Scan) -> Scan:
    """The scan, once it is over; meanwhile the clock ticks."""

    def found() -> Scan | None:
        bootstrap.clockwork().tick()
        return Scan.objects.filter(pk=scan.pk, status__in=["done", "failed"]).first()

    return await_value(found, 60, f"scan {scan.pk}")


def test_two_machines_share_the_work_and_one_may_die(
    team: Team, gate: Gate, make_worker: MakeWorker, redis_server: RedisServer,
    git_http: GitHttpServer, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    first, second = Machine(tmp_path / "a", redis_server), Machine(tmp_path / "b", redis_server)
    hosted = tmp_path_factory.mktemp("builder")
    dying = make_worker(
        "dying",
        CODEVITALS_INTERPRETER=str(gate.interpreter),
        CODEVITALS_LEASE_SECONDS="2",
        **first.environment,
    )
    held = [register(team, git_http, name, hosted) for name in ("orders", "billing")]
    running = Scan.objects.filter(status="running")
    await_value(lambda: running.count() == 2, what="both processes at work")
    living = make_worker("living", CODEVITALS_LEASE_SECONDS="60", **second.environment)

    other = ended(register(team, git_http, "stock", hosted))
    assert (other.status, other.attempt, other.parsed) == ("done", 1, 3)

    gate.held_process()
    dying.kill()
    gate.open()
    finished = [ended(scan) for scan in held]
    assert [(scan.status, scan.attempt, scan.parsed) for scan in finished] == [("done", 2, 3)] * 2
    past = Scan.objects.filter(kind="backfill")
    await_value(lambda: past.filter(status="done").count() == 3, what="the backfills")
    repositories = {scan.repository_id for scan in (*held, other)}
    assert second.kept() == repositories
    for repository in Repository.objects.all():
        assert repository.snapshots.count() == 1
        assert repository.scans.filter(kind="scan").count() == 1

    living.stop()
    make_worker("back", CODEVITALS_LEASE_SECONDS="60", **first.environment)
    assert other.repository_id not in first.kept()
    again = bootstrap.scan_requests().request(other.repository_id)
    scan = ended(Scan.objects.get(pk=again.id))
    assert (scan.status, scan.parsed, scan.snapshot_id) == ("done", 3, other.snapshot_id)
    assert other.repository_id in first.kept()

    third = mirror_folder(other.repository_id) / "mirror.git"  # where this test runs: the pages
    assert not third.exists()
    assert source_of(other.repository).source == BARE.encode()
    assert third.exists()


def source_of(repository: Repository) -> FileContent:
    """What the page of a file shows, once this machine has fetched it."""
    assert repository.latest is not None
    commit = repository.latest.commit

    def found() -> FileContent | None:
        try:
            return bootstrap.file_reading(repository.pk).read(repository.pk, commit, PATH)
        except UserError as error:
            if error.code != FETCHING.code:
                raise
            return None

    return await_value(found, 60, "the source")
