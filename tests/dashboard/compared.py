"""A repository in git whose commits were scanned, to be compared on pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from scanner import bootstrap
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import ComparedPair, Repository, Scan, Team
from tests.services.processes import await_value
from tests.services.repositories import RepositoryBuilder

UNTYPED = '''"""Prices."""


def total(prices, discount):
    """Add up."""
    return sum(prices) - discount
'''
TYPED = UNTYPED.replace("(prices, discount)", "(prices: list[int], discount: int) -> int")
HIDDEN = '''"""Loading."""


def load(path: str) -> str:
    """Read a file."""
    try:
        return open(path).read()
    except Exception:
        pass
    return ""
'''
TEST = "from shop import cart, prices\n\n\ndef test_all() -> None:\n    assert cart\n"
ANN = "Ann Author <ann@example.org>"
BEN = "Ben Builder <ben@example.org>"


def build_shop(folder: Path) -> RepositoryBuilder:
    """Four commits, the last three in the last week: one breaks, one mends, one adds a module."""
    builder = RepositoryBuilder(folder)
    days = [timezone.now() - timedelta(days=number) for number in (40, 6, 2, 1)]
    start = {
        "shop/__init__.py": '"""Shop."""\n',
        "shop/prices.py": UNTYPED,
        "shop/cart.py": TYPED,
        "tests/test_shop.py": TEST,
    }
    builder.commit(start, "Open the shop", when=days[0], author=ANN)
    builder.tag("v1.0")
    builder.commit({"shop/load.py": HIDDEN}, "Load prices", when=days[1], author=ANN)
    builder.commit({"shop/prices.py": TYPED}, "Type prices", when=days[2], author=BEN)
    builder.commit({"shop/rows.py": TYPED}, "Add rows", when=days[3], author=BEN)
    return builder


def scan(repository_id: int) -> None:
    """Bring a scan to its end, here or in the worker of the run, whoever is quicker."""
    asked = bootstrap.scan_requests().request(repository_id)
    bootstrap.scanning().run(asked.id)
    done = Scan.objects.filter(pk=asked.id, status=Scan.Status.DONE)
    await_value(lambda: done.exists() or None, what="the end of the scan")


def register_shop(team: Team, builder: RepositoryBuilder) -> Repository:
    """Registered and scanned at the first commit, then at the last, with the past between."""
    last = builder.head()
    builder.branch("main", builder.head("v1.0"))
    registration = RegistrationRequest(team.pk, str(builder.path), may_use_paths=True)
    registered = bootstrap.registration().register(registration)
    number = registered.repository.id
    bootstrap.scanning().run(registered.scan_id)
    done = Scan.objects.filter(pk=registered.scan_id, status=Scan.Status.DONE)
    await_value(lambda: done.exists() or None, what="the end of the scan")
    builder.branch("main", last)
    scan(number)
    return Repository.objects.get(pk=number)


def judge_pairs() -> None:
    """Do what the worker would do with the comparisons that wait."""
    for number in ComparedPair.objects.filter(status="queued").values_list("pk", flat=True):
        bootstrap.comparisons().run(number)
