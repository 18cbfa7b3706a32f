"""Looking up where findings come from: slices, deaths, and what the answers are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from pytest_django import Settings

from scanner import bootstrap
from scanner.analysis.reader import SandboxedReader
from scanner.application.registration import RegistrationRequest
from scanner.application.tracing import LEASE, SLICE, STALLED, Tracing, TracingUpkeep
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.storage.models import Finding, Repository
from scanner.storage.models import Tracing as Row
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.tracings import Tracings
from tests.portfolio import store_team
from tests.scanner.hands import Bell, Hands
from tests.services.repositories import FIRST_COMMIT, Content, RepositoryBuilder, git

ANN, BOB = "Ann Author <ann@example.org>", "Bob Builder <bob@example.org>"
SILENT = """def save(row: str) -> None:
    try:
        go(row)
    except Exception:
        pass
"""
BARE = "def half(number):\n    return number / 2\n"


class Desk:
    """A repository, its scans, and a worker that looks up origins at the test's pace."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder)
        self.hands, self.bell = Hands(), Bell()
        self.store = Tracings(self.hands)
        self.seconds: Callable[[], float] = lambda: 0.0
        self.repository_id = 0

    def commit(self, files: Mapping[str, Content], author: str) -> str:
        return self.builder.commit(files, author=author)

    def scan(self) -> None:
        """Of what was committed last."""
        if not self.repository_id:
            address = str(self.builder.path)
            request = RegistrationRequest(store_team().pk, address, may_use_paths=True)
            registered = bootstrap.registration().register(request)
            self.repository_id = registered.repository.id
            bootstrap.scanning().run(registered.scan_id)
        else:
            scan = bootstrap.scan_requests().request(self.repository_id)
            bootstrap.scanning().run(scan.id)

    def trace(self) -> None:
        """One turn."""
        settings = configuration()
        reader = SandboxedReader(settings)
        revisions = RegisteredRevisions(settings, reader, Credentials(), vault())
        use_case = Tracing(Repositories(), self.store, revisions, self.bell, self.seconds)
        use_case.run(self.repository_id)

    def upkeep(self, messages: int = 0) -> TracingUpkeep:
        return TracingUpkeep(self.store, self.bell, lambda: messages, self.hands)

    def origins(self, **wanted: object) -> set[tuple[str, str, str]]:
        """Rule, state and author's first name of the findings."""
        rows = Finding.objects.filter(**wanted).exclude(rule__in=["TE00", "NM06"])
        return {(row.rule, row.origin, row.introduced_by.partition(" ")[0]) for row in rows}


@pytest.fixture
def desk(tmp_path: Path, settings: Settings, db: None) -> Desk:
    settings.CODEVITALS = replace(
        project.CODEVITALS, local_roots=(tmp_path,), data_dir=tmp_path / "data"
    )
    return Desk(tmp_path / "repository")


def test_each_finding_knows_who_brought_it(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    second = desk.commit({"shop/b.py": SILENT}, BOB)
    desk.scan()
    assert desk.origins() >= {("TY01", "", ""), ("FF01", "", "")}
    desk.trace()
    assert desk.origins() >= {("TY01", "known", "Ann"), ("FF01", "known", "Bob")}
    row = Finding.objects.get(rule="FF01")
    assert (row.introduced_commit, row.introduced_by) == (second, "Bob Builder")
    assert row.introduced_at == FIRST_COMMIT + timedelta(hours=1)
    assert not Row.objects.exists()
    assert desk.bell.rung == []


def test_a_finding_keeps_its_origin_for_life(desk: Desk) -> None:
    desk.commit({"shop/a.py": SILENT}, ANN)
    desk.scan()
    desk.trace()
    desk.commit({"shop/a.py": None, "shop/b.py": SILENT.replace("    ", "  ")}, BOB)
    desk.scan()
    assert not Row.objects.exists()
    assert desk.origins(rule="FF01") == {("FF01", "known", "Ann")}


def test_only_what_is_new_is_looked_up_later(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    desk.trace()
    Finding.objects.update(introduced_by="As it was told")
    desk.commit({"shop/b.py": SILENT}, BOB)
    desk.scan()
    desk.trace()
    assert desk.origins(rule__in=["FF01", "TY01"]) == {
        ("TY01", "known", "As"), ("FF01", "known", "Bob")
    }  # fmt: skip


def test_a_function_that_grew_belongs_to_who_let_it_grow(desk: Desk) -> None:
    """Between two scans; at the first scan it belongs to who wrote half of it."""
    steps = "".join(f"    go({number})\n" for number in range(40))
    more = "".join(f"    come({number})\n" for number in range(20))
    head = 'def work() -> None:\n    """Work."""\n'
    desk.commit({"shop/a.py": head + steps}, ANN)
    desk.scan()
    desk.commit({"shop/a.py": head + steps + more}, BOB)
    desk.scan()
    desk.trace()
    assert desk.origins(rule="CX02") == {("CX02", "known", "Bob")}
    Finding.objects.filter(rule="CX02").update(opened_by_rubric=True, origin="")
    Row.objects.create(repository_id=desk.repository_id, wanted_at=desk.hands())
    desk.trace()
    assert desk.origins(rule="CX02") == {("CX02", "known", "Ann")}


def test_a_circle_belongs_to_who_closed_it(desk: Desk) -> None:
    desk.commit({"shop/__init__.py": "", "shop/a.py": "import shop.b\n", "shop/b.py": ""}, ANN)
    desk.commit({"shop/b.py": "import shop.a\n"}, BOB)
    desk.commit({"shop/a.py": "import shop.b\n\nRATE = 5\n"}, ANN)
    desk.scan()
    desk.trace()
    assert desk.origins(rule="LA03") == {("LA03", "known", "Bob")}


def test_what_no_commit_brought_says_so(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE, "shop/b.py": BARE}, ANN)
    desk.scan()
    desk.trace()
    assert {row.origin for row in Finding.objects.filter(rule="TE00")} == {"none"}


def test_a_folder_has_no_history(desk: Desk) -> None:
    (desk.builder.path / "a.py").write_text(BARE)
    (desk.builder.path / ".git").rename(desk.builder.path / "no-git")
    desk.scan()
    desk.trace()
    assert desk.origins(rule="TY01") == {("TY01", "none", "")}
    assert not Row.objects.exists()


def test_a_shallow_history_says_in_or_before(desk: Desk, tmp_path: Path) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.commit({"shop/b.py": SILENT}, BOB)
    desk.commit({"shop/c.py": ""}, ANN)
    clone = tmp_path / "shallow.git"
    git(tmp_path, "clone", "-q", "--bare", "--depth=2", f"file://{desk.builder.path}", str(clone))
    desk.builder.path = clone
    desk.scan()
    desk.trace()
    assert desk.origins(rule="TY01") == {("TY01", "edge", "Bob")}


def test_a_turn_ends_in_time_and_asks_for_the_next(desk: Desk) -> None:
    desk.commit({f"shop/m{number}.py": BARE for number in range(4)}, ANN)
    desk.scan()
    ticking = iter(range(0, 100, int(SLICE / 2)))
    desk.seconds = lambda: float(next(ticking))
    desk.trace()
    assert 0 < Finding.objects.filter(origin="").count() < Finding.objects.count()
    assert desk.bell.rung == [desk.repository_id]
    desk.seconds = lambda: 0.0
    desk.trace()
    assert not Finding.objects.filter(origin="").exists()
    assert not Row.objects.exists()


def test_two_workers_do_not_share_a_turn(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    turn = desk.store.claim(desk.repository_id, LEASE)
    assert turn is not None
    assert desk.store.claim(desk.repository_id, LEASE) is None
    desk.hands.move(seconds=LEASE.total_seconds() + 1)
    assert desk.store.claim(desk.repository_id, LEASE) is not None
    assert not desk.store.keep(turn, [], LEASE)


def test_a_dead_worker_is_followed_by_another(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    assert desk.store.claim(desk.repository_id, LEASE) is not None
    desk.upkeep().tick()
    assert desk.bell.rung == []
    desk.hands.move(seconds=LEASE.total_seconds() + 1)
    desk.upkeep(messages=1).tick()
    assert desk.bell.rung == []
    desk.upkeep().tick()
    assert desk.bell.rung == [desk.repository_id]


def test_who_kills_each_worker_is_given_up(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    for _ in range(STALLED):
        assert desk.store.claim(desk.repository_id, LEASE) is not None
        desk.hands.move(seconds=LEASE.total_seconds() + 1)
    desk.upkeep().tick()
    assert not Row.objects.exists()
    assert Finding.objects.filter(origin="").exists()
    desk.commit({"shop/b.py": ""}, ANN)
    desk.scan()
    desk.trace()
    assert not Finding.objects.filter(origin="").exists()


def test_findings_that_come_meanwhile_are_not_forgotten(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    turn = desk.store.claim(desk.repository_id, LEASE)
    assert turn is not None
    Finding.objects.update(origin="known")
    desk.commit({"shop/b.py": SILENT}, BOB)
    desk.scan()
    assert not desk.store.close(turn, is_done=True)
    desk.store.pause(turn, 1.0)
    desk.trace()
    assert desk.origins(rule="FF01") == {("FF01", "known", "Bob")}


def test_a_repository_that_is_gone_ends_it(desk: Desk) -> None:
    desk.commit({"shop/a.py": BARE}, ANN)
    desk.scan()
    desk.builder.path.rename(desk.builder.path.parent / "elsewhere")
    desk.trace()
    assert not Row.objects.exists()
    assert Finding.objects.filter(origin="").exists()
    Repository.objects.all().delete()
    desk.trace()
