"""Walking through a past: what is parsed, what is reported, and a cache that forgets."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from scanner.application import parsing_ahead, past
from scanner.application.past import OpenedPast, Point, Walk
from scanner.application.ports import BlobSource, Facts, FactsCache
from scanner.domain.errors import UserError
from scanner.domain.revisions import TreeEntry
from scanner.domain.rubric import DEFAULT
from scanner.git.history import GitHistory
from scanner.git.objects import GitObjects
from tests.scanner.workbench import MemoryCache, PlainReader
from tests.services.repositories import RepositoryBuilder


class Forgetful(MemoryCache):
    """Says that it knows a blob, and gives nothing out."""

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        return {}


class Reader(PlainReader):
    """Remembers how many files were asked for at once."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def read(
        self, source: BlobSource, entries: Sequence[TreeEntry], *rest: object
    ) -> dict[str, Facts]:
        self.asked.append(len(entries))
        return super().read(source, entries, *rest)  # type: ignore[arg-type]


class Room:
    """A repository of twelve commits, each with a module of its own."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder / "shop.git", bare=True)
        for number in range(12):
            text = f"def f{number}(x):\n    return x\n"
            self.builder.commit({f"shop/m{number}.py": text, "shop/log.py": f"N = {number % 3}\n"})
        self.reader = Reader()
        self.told: list[tuple[str, int, int]] = []

    def walk(self, cache: FactsCache, *, back: bool = False) -> list[Point]:
        return list(self.points(cache, back=back))

    def points(self, cache: FactsCache, *, back: bool = False) -> Generator[Point]:
        """The points as they come, from the oldest or from the newest."""
        objects = GitObjects(self.builder.path, 100)
        history = GitHistory(self.builder.path)
        opened = OpenedPast("shop", "shop", "HEAD", history, objects.blobs(), cache)
        links = history.chain("HEAD")[:: -1 if back else 1]
        return Walk(opened, self.reader, DEFAULT).points(links, self.tell)

    def tell(self, phase: str, done: int, total: int) -> None:
        self.told.append((phase, done, total))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def scores(points: Iterable[Point]) -> list[float]:
    """The scores in order."""
    return [point.standing.score for point in points]


def test_a_blob_is_parsed_once_whatever_holds_it(room: Room) -> None:
    points = room.walk(MemoryCache())

    assert len(points) == 12
    assert room.reader.asked == [15]  # twelve modules, and three versions of the log


def test_a_second_walk_parses_nothing(room: Room) -> None:
    cache = MemoryCache()
    first = room.walk(cache)
    room.reader.asked.clear()

    assert scores(room.walk(cache)) == scores(first)
    assert room.reader.asked == []


def test_blobs_come_in_batches(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scores(room.walk(MemoryCache()))
    room.reader.asked.clear()
    monkeypatch.setattr(parsing_ahead, "PARSED_AT_ONCE", 4)
    monkeypatch.setattr(parsing_ahead, "KEPT_AT_MOST", 2)
    monkeypatch.setattr(past, "READ_AT_ONCE", 3)

    assert scores(room.walk(MemoryCache())) == whole
    assert room.reader.asked == [4, 4, 4, 3]


def test_what_the_cache_lost_is_parsed_again(room: Room) -> None:
    whole = scores(room.walk(MemoryCache()))

    assert scores(room.walk(Forgetful())) == whole


def test_progress_is_told_in_bytes_and_points(room: Room) -> None:
    room.walk(MemoryCache())

    facts = [(done, total) for phase, done, total in room.told if phase == "facts"]
    judged = [(done, total) for phase, done, total in room.told if phase == "judge"]
    assert facts[0] == (0, facts[-1][1])
    assert facts[-1][0] == facts[-1][1] > 0
    assert judged == [(number, 12) for number in range(1, 13)]


def test_order_of_facts_is_the_order_of_the_chain(room: Room) -> None:
    lines: Mapping[str, int] = {
        point.link.revision.commit: point.standing.lines for point in room.walk(MemoryCache())
    }
    assert list(lines.values()) == [2 * number + 3 for number in range(12)]


def test_the_way_back_says_the_same(room: Room) -> None:
    there = room.walk(MemoryCache())

    assert room.walk(MemoryCache(), back=True) == there[::-1]


def test_trouble_of_the_parser_is_trouble_of_the_walk(room: Room) -> None:
    class Broken(MemoryCache):
        def put(self, facts: Mapping[str, Facts]) -> None:
            raise UserError("cache.disk-full", "There is no room.", "Free some.")

    with pytest.raises(UserError, match="There is no room"):
        room.walk(Broken())


def test_nothing_is_parsed_after_the_last_wanted_point(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing_ahead, "PARSED_AT_ONCE", 1)
    monkeypatch.setattr(parsing_ahead, "KEPT_AT_MOST", 1)
    monkeypatch.setattr(past, "READ_AT_ONCE", 1)
    with closing(room.points(MemoryCache())) as points:
        next(points)

    assert len(room.reader.asked) < 15
