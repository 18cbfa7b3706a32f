"""`manage.py cache`: what is kept, by whom, whole or damaged, and what is pruned."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from dashboard.terminal.caches import SCHEMA
from scanner.analysis.reader import SandboxedReader
from scanner.bootstrap.caches import tend
from scanner.bootstrap.environment import cache_file, used
from scanner.cache.contents import Contents, days_now
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.cache.file import CacheFile
from scanner.storage.models import Repository
from tests.dashboard.commands.test_score import Ended
from tests.portfolio import store_repository, store_team
from tests.scanner.cache.test_facts_cache import facts

OLD = "0.9.0+cpython-3.9 facts-1"

pytestmark = pytest.mark.django_db


def cache(*arguments: str) -> Ended:
    """Run the command here."""
    out, err = StringIO(), StringIO()
    status: object = 0
    try:
        call_command("cache", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        status = ended.code
    return Ended(status, out.getvalue(), err.getvalue())


def document(*arguments: str) -> list[dict[str, Any]]:
    done = cache(*arguments, "--format", "json")
    found = json.loads(done.stdout)
    assert found["schema"] == SCHEMA
    return list(found["caches"])


@pytest.fixture
def orders(tmp_path: Path, settings: Settings) -> Repository:
    """A repository with five current rows and one that an old engine left ten days ago."""
    settings.CODEVITALS = replace(settings.CODEVITALS, data_dir=tmp_path)
    repository = store_repository(store_team(), "orders")
    path = cache_file(repository.pk)
    SqliteFactsCache(path, SandboxedReader(settings.CODEVITALS).engine()).put(facts(3))
    old = Contents(CacheFile(path), "facts", OLD, lambda: days_now() - 10)
    old.write({"a" * 40: b"old" * 1_000})
    return repository


def test_it_tells_what_is_kept_and_what_would_go(orders: Repository) -> None:
    store_repository(store_team(), "billing")
    done = cache()
    assert done.status == 0
    assert "shop/billing: no cache on this machine" in done.stdout
    assert f"facts by {OLD}: 1 rows, 3.0 kB" in done.stdout
    assert "to be pruned: 1 rows, 3.0 kB" in done.stdout
    assert "every row is whole" in done.stdout
    (billing, found) = document()
    assert (billing["path"], billing["kept"]) == (None, [])
    assert found["repository"] == "shop/orders"
    assert [(each["rows"], each["current"]) for each in found["kept"]] == [(1, False), (5, True)]
    assert (found["prunable"], found["problems"], found["pruned"]) == (
        {"rows": 1, "bytes": 3_000},
        [],
        None,
    )


def test_it_prunes_one_repository(orders: Repository) -> None:
    (found,) = document("shop/orders", "--prune")
    assert found["pruned"] == {"rows": 1, "bytes": 3_000}
    assert [each["rows"] for each in found["kept"]] == [5]
    assert [each["repository"] for each in document("orders")] == ["shop/orders"]


def test_nothing_goes_while_somebody_works_with_it(orders: Repository) -> None:
    with used(orders.pk):
        done = cache("orders", "--prune")
        tend(orders.pk)
    assert "shop/orders is in use, nothing was pruned." in done.stderr
    assert len(document("orders")[0]["kept"]) == 2
    tend(orders.pk)
    assert len(document("orders")[0]["kept"]) == 1


def test_damage_is_said_with_a_status(orders: Repository) -> None:
    path = cache_file(orders.pk)
    path.write_bytes(b"no database" * 999)
    done = cache("orders")
    assert done.status == 1
    assert "damaged: the file cannot be read" in done.stdout


def test_an_unknown_repository_is_an_error(orders: Repository) -> None:
    with pytest.raises(CommandError, match=r"No repository is called nothing\.") as caught:
        cache("nothing")
    assert caught.value.returncode == 2
