"""Histories drawn at random in a real git repository, and pairs of their commits to compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from scanner.application.assess_tree import assess_tree
from scanner.application.comparing import OpenedPair, Side, compare_sides
from scanner.application.comparison_record import ComparisonRecord
from scanner.application.past import OpenedPast
from scanner.application.progress import silent
from scanner.domain.findings import Assessment
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.git.ancestry import GitAncestry
from scanner.git.history import GitHistory
from scanner.git.objects import GitObjects
from tests.scanner.test_incremental import PATHS, TEXTS
from tests.scanner.workbench import MemoryCache, PlainReader
from tests.services.repositories import Content, RepositoryBuilder

CONFIGS: tuple[Content, ...] = (
    None,
    '[tool.codevitals]\nexclude = ["shop/application/**"]\n',
    '[tool.codevitals]\nexclude = ["manage.py", "shop/utils.py"]\n',
)
AUTHORS = ("Ann Author <ann@example.org>", "Ben Builder <ben@example.org>")


class Shop:
    """A repository whose commits are judged in this process."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder, bare=True)
        self.reader = PlainReader()
        self._objects = GitObjects(folder, 10_000)
        self._cache = MemoryCache()

    def compare(self, before: str, after: str, old: Side, new: Side) -> ComparisonRecord:
        """Two commits side by side."""
        pair = OpenedPair(
            self.past(after),
            self._objects.tree(before),
            self._objects.tree(after),
            GitAncestry(self.builder.path),
        )
        return compare_sides(pair, old, new, self.reader, silent)

    def past(self, commit: str) -> OpenedPast:
        """The past that ends at a commit."""
        folder = self.builder.path
        return OpenedPast(
            "shop", str(folder), commit, GitHistory(folder), self._objects.blobs(), self._cache
        )

    def judge(
        self, commit: str, rubric: Rubric = DEFAULT, accepted: Mapping[str, str] | None = None
    ) -> Assessment:
        """The verdict on one commit, from scratch."""
        tree, blobs = self._objects.tree(commit), self._objects.blobs()
        judged = assess_tree(tree, blobs, PlainReader(), rubric, report=silent)
        return judged.accepting(accepted or {}).assessment


def drawn_history(shop: Shop, random: Random, length: int) -> list[str]:
    """Commits of a branch that knows renames, reopenings, merges, exclusions and a force push."""
    made: list[str] = []
    for number in range(length):
        turn = random.random()
        author = random.choice(AUTHORS)
        if turn < 0.15 and made:
            branch, start = f"side{number}", [random.choice(made)]
            side = shop.builder.commit(
                _changes(random), author=author, branch=branch, parents=start
            )
            parents = [shop.builder.head("refs/heads/main"), side]
            made.append(shop.builder.commit(_changes(random), "Merge", parents=parents))
        elif turn < 0.25 and len(made) > 4:
            shop.builder.branch("main", made[-3])  # pushed by force
            made.append(shop.builder.commit(_changes(random), "Anew", author=author))
        else:
            made.append(shop.builder.commit(_changes(random), f"Change {number}", author=author))
    return made


def _changes(random: Random) -> dict[str, Content]:
    if random.random() < 0.15:
        return {"pyproject.toml": random.choice(CONFIGS[1:])}
    changed: dict[str, Content] = {}
    for path in random.sample(PATHS, random.randint(1, 3)):
        changed[path] = random.choice(TEXTS)
    if random.random() < 0.3:
        gone, name = random.sample(PATHS, 2)
        text = random.choice(TEXTS)
        changed |= {gone: None, name: text}
    return changed
