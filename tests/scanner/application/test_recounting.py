"""Some principles along a past under two rubrics: each tally as judging from scratch gives it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import scanner.rules
from scanner.application.aside import Aside, Recounted
from scanner.application.assess_tree import AssessedTree, assess_tree
from scanner.application.past import OpenedPast
from scanner.application.recounting import Recount
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.findings import Tally
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.rubric_values import LIMIT_NOTES, limit_name, rule_name, settled
from scanner.git.history import GitHistory
from scanner.git.objects import GitObjects
from scanner.rules.catalogue import CATALOGUE, RULES
from scanner.rules.dependence import charged_otherwise, judged_otherwise
from tests.scanner.rules.harness import block
from tests.scanner.test_incremental import TEXTS
from tests.scanner.workbench import PlainReader
from tests.services.repositories import RepositoryBuilder

PATHS = (
    "shop/__init__.py",
    "shop/core/__init__.py",
    "shop/core/deep/__init__.py",
    "shop/core/deep/deeper/__init__.py",
    "shop/core/deep/deeper/deepest/__init__.py",
    "shop/core/camelCase.py",
    "shop/orders.py",
    "shop/orders.pyi",
    "shop/utils.py",
    "shop/views.py",
    "tests/test_orders.py",
    "docs/conf.py",
)
MORE = (
    "class Store:\n"
    + "".join(
        f"    def m{n}(self, x):\n        self.x = x + {n}\n{block(12, indent=8)}\n"
        for n in range(14)
    ),
    "".join(f"import lib{n}\n" for n in range(24)) + "\n\ndef run(a, b=[]):\n    return a\n",
    "".join(
        f"class K{n}:\n    def f(self):\n{block(70 if n < 7 else 20, indent=8)}\n" for n in range(9)
    ),
    f"def one():\n{block(12)}\n\n\ndef two():\n{block(12)}\n",
    "x = 1\n" * 520 + "TABLE = [\n" + "    1,\n" * 10 + "]\n",
    "def f(a):\n"
    + "".join(f"{'    ' * n}if a > {n}:\n" for n in range(1, 8))
    + f"{'    ' * 8}f(1)\n",
    "def g(a):\n    for b in a:\n        if b:\n            while b:\n                b = a\n",
    "import asyncio\n\n\nasync def f():\n    asyncio.create_task(g())\n    print(1)\n",
    "TABLE = [\n" + "    1,\n" * 40 + "]\n\n\ndef g():\n" + block(70) + "\n",
)
LOWER = {note.name: max(1, getattr(DEFAULT.limits, note.name) // 3) for note in LIMIT_NOTES}


def silent(phase: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


class Past:
    """Twenty commits of modules that offend in many ways, with facts in a real cache."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder / "shop.git", bare=True)
        self.reader = PlainReader()
        self.file = folder / "facts.sqlite3"
        self._facts = SqliteFactsCache(self.file, self.reader.engine())
        self.objects = GitObjects(self.builder.path, 1_000)
        draw = random.Random(7)
        self.builder.commit(
            {f"shop/part{number}.py": text for number, text in enumerate(MORE)}
            | {path: "" for path in PATHS if path.endswith("__init__.py")}
            | {"shop/utils.py": "y = 1\n" * 50}
        )
        for _ in range(20):
            chosen = draw.sample(PATHS, 4)
            self.builder.commit({path: draw.choice((*TEXTS, *MORE, None, None)) for path in chosen})

    def recount(
        self, rubrics: tuple[Rubric, ...], keys: frozenset[str], aside: Aside | None = None
    ) -> list[Recounted]:
        cache = SqliteFactsCache(self.file, self.reader.engine(), lazily=True)
        history = GitHistory(self.builder.path)
        blobs = self.objects.blobs()
        opened = OpenedPast("shop", "shop", "HEAD", history, blobs, cache, aside)
        links = history.chain("HEAD")
        return list(Recount(opened, self.reader, rubrics, keys).points(links, silent))

    def assessed(self, commit: str, rubric: Rubric, before: Rubric | None = None) -> AssessedTree:
        tree, blobs, cache = self.objects.tree(commit), self.objects.blobs(), self._facts
        return assess_tree(
            tree, blobs, self.reader, rubric, report=silent, cache=cache, before=before
        )

    def from_scratch(self, commit: str, rubric: Rubric) -> Mapping[str, Tally]:
        found = self.assessed(commit, rubric)
        return {each.key: each.tally for each in found.assessment.principles if each.applicable}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return Past(tmp_path_factory.mktemp("past"))


def other_rubrics() -> Iterator[tuple[str, Rubric]]:
    """Rubrics that differ from the default in one value: each limit, and each rule."""
    for name, value in LOWER.items():
        yield name, settled(DEFAULT, {limit_name(name): value})
    for code in RULES:
        yield code, settled(DEFAULT, {rule_name(code): False})


@pytest.mark.parametrize(("name", "after"), list(other_rubrics()))
def test_a_change_is_judged_as_from_scratch_and_reaches_nothing_else(
    past: Past, name: str, after: Rubric
) -> None:
    keys = judged_otherwise(DEFAULT, after)
    assert 1 <= len(keys) <= 2
    points = past.recount((DEFAULT, after), keys)
    for point in random.Random(name).sample(points, 3):
        old, new = (past.from_scratch(point.commit, each) for each in (DEFAULT, after))
        touched = [{k: t for k, t in all_of.items() if k in keys} for all_of in (old, new)]
        assert list(point.tallies) == touched
        assert {k: t for k, t in old.items() if k not in keys} == {
            k: t for k, t in new.items() if k not in keys
        }


@pytest.mark.parametrize(("name", "before"), list(other_rubrics()))
def test_a_tree_is_judged_by_two_rubrics_as_by_each_of_them(
    past: Past, name: str, before: Rubric
) -> None:
    both = past.assessed("HEAD", DEFAULT, before)
    assert both.before == past.assessed("HEAD", before).assessment
    assert both.assessment == past.assessed("HEAD", DEFAULT).assessment


def test_every_kind_of_change_can_be_seen_in_this_past(past: Past) -> None:
    """Else the law above would hold for want of offenders."""
    for name in (note.name for note in LIMIT_NOTES if note.is_scored):
        after = settled(DEFAULT, {limit_name(name): LOWER[name]})
        points = past.recount((DEFAULT, after), judged_otherwise(DEFAULT, after))
        assert any(point.tallies[0] != point.tallies[1] for point in points), name


def test_what_is_only_said_or_advised_moves_no_score(past: Past) -> None:
    silent_ones = {note.name for note in LIMIT_NOTES if not note.is_scored}
    silent_ones |= {code for code, rule in RULES.items() if rule.is_advisory}
    assert len(silent_ones) == 5
    for name, after in other_rubrics():
        if name not in silent_ones:
            continue
        assert charged_otherwise(DEFAULT, after) == frozenset()
        points = past.recount((DEFAULT, after), judged_otherwise(DEFAULT, after))
        assert all(point.tallies[0] == point.tallies[1] for point in points), name


def test_weights_are_no_business_of_judging() -> None:
    after = settled(DEFAULT, {f"principles.{key}.weight": 1 for key in KEYS})
    assert judged_otherwise(DEFAULT, after) == frozenset()


def test_each_limit_names_the_principles_that_read_it() -> None:
    read: dict[str, set[str]] = {note.name: set() for note in LIMIT_NOTES}
    folder = Path(scanner.rules.__path__[0])
    for entry in CATALOGUE:
        judge = entry.rules[0].module or entry.rules[0].survey
        assert judge is not None
        package = folder / judge.__module__.split(".")[2]
        for source in package.glob("*.py"):
            for name in re.findall(r"limits\.([a-z_]+)", source.read_text()):
                read[name].add(entry.principle.key)
    assert {name: set(found) for name, found in read.items()} == {
        note.name: set(note.readers) for note in LIMIT_NOTES
    }
