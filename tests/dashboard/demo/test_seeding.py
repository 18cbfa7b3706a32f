"""The demonstration: judged by the real engine, alone in its portfolio, and gone again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from dashboard.demo.chronicle import eras
from dashboard.demo.seeding import seed, unseed
from dashboard.demo.stories import STORIES
from dashboard.queries.portfolio import detailed, portfolio
from dashboard.queries.portfolio_rows import Row
from scanner import bootstrap
from scanner.application.demonstrating import Demonstration
from scanner.domain.errors import UserError
from scanner.domain.weeks import week_start
from scanner.storage.models import Finding, Repository, Scan, Snapshot, Team
from tests.portfolio import store_repository, store_team, store_user

NOW = datetime(2026, 3, 12, 15, tzinfo=UTC)  # a Thursday
CHOSEN = ("ledger-core", "warehouse-sync", "geo-index", "gift-cards", "loyalty-points")


@pytest.fixture
def demonstration(settings: Settings, tmp_path: Path) -> Demonstration:
    """One that lies in a folder of the test."""
    folder = tmp_path / "demo"
    settings.CODEVITALS = replace(settings.CODEVITALS, local_roots=(folder,))
    return bootstrap.demonstration(folder)


@pytest.fixture
def admin(db: None) -> User:
    """Whoever owns its teams."""
    return store_user(None, "admin", is_superuser=True)


def plant(demonstration: Demonstration, admin: User, *names: str, may_mix: bool = False) -> None:
    """Seed these stories."""
    chosen = [replace(each, weeks=30) for each in STORIES if each.name in names]
    seed(demonstration, admin.pk, NOW, lambda name: None, may_mix=may_mix, stories=chosen)


def rows(admin: User) -> dict[str, Row]:
    """The rows of the portfolio by name."""
    return {row.name: row for row in detailed(portfolio(admin, NOW).rows, NOW)}


def test_it_works(demonstration: Demonstration, admin: User) -> None:
    plant(demonstration, admin, *CHOSEN)
    found = rows(admin)
    assert set(found) == set(CHOSEN)

    ledger = found["ledger-core"]
    assert ledger.week is not None
    assert ledger.week < -1
    assert len(ledger.spark) > 12
    scores = [score for _, score in ledger.spark[:-4]]
    assert max(scores) - min(scores) > 2  # before the fall of this week
    retries = Finding.objects.filter(path__endswith="/retries.py", introduced_by="Team Payments")
    assert retries.count() >= 5
    assert found["geo-index"].partial
    assert found["gift-cards"].state.kind == "never"
    assert found["warehouse-sync"].state.kind == "failed"
    assert found["warehouse-sync"].score is not None
    assert found["loyalty-points"].score is None
    assert "no Python module" in found["loyalty-points"].state.message
    assert not Scan.objects.filter(status__in=["queued", "running"]).exists()


def test_scans_seem_to_have_run_when_their_commits_came(
    demonstration: Demonstration, admin: User
) -> None:
    plant(demonstration, admin, "geo-index")
    scanned = Snapshot.objects.filter(backfilled=False)
    assert scanned.count() == 4
    for snapshot in scanned:
        assert snapshot.judged_at - snapshot.committed_at == timedelta(minutes=4)
        assert snapshot.scans.get().finished_at == snapshot.judged_at


def test_it_stands_alone_unless_told(demonstration: Demonstration, admin: User) -> None:
    store_repository(store_team(), "orders", snapshots=0)
    with pytest.raises(UserError, match="of its own") as refused:
        plant(demonstration, admin, "gift-cards")
    assert refused.value.code == "demo.mixed"
    plant(demonstration, admin, "gift-cards", may_mix=True)
    assert set(rows(admin)) == {"orders", "gift-cards"}

    with pytest.raises(UserError, match="here already"):
        plant(demonstration, admin, "gift-cards", may_mix=True)


def test_it_is_taken_away_without_a_trace(demonstration: Demonstration, admin: User) -> None:
    kept = store_repository(store_team("Payments"), "orders", snapshots=0)
    plant(demonstration, admin, "ledger-core", "gift-cards", may_mix=True)
    assert Team.objects.filter(name="Payments (demo)").exists()

    assert unseed(demonstration) == 2
    assert list(Repository.objects.all()) == [kept]
    assert list(Team.objects.values_list("name", flat=True)) == ["Payments"]
    assert not demonstration.folder.exists()


def test_the_command_refuses_with_a_next_step(
    admin: User, capsys: pytest.CaptureFixture[str]
) -> None:
    store_repository(store_team(), "orders", snapshots=0)
    with pytest.raises(SystemExit) as ended:
        call_command("demo")
    assert ended.value.code == 2
    assert "--mix" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("demo", "--no-such-flag")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_is_told_the_same_way_each_time(story: object) -> None:
    chosen = next(each for each in STORIES if each == story)
    first, again = (list(eras(chosen, week_start(NOW), NOW)) for _ in range(2))
    assert first == again
    commits = [commit for era in first for commit in era.commits]
    assert [commit.when for commit in commits] == sorted(commit.when for commit in commits)
    assert commits[-1].when < NOW
