"""Points counted in two processes: the same to the last bit, whatever becomes of the second."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.apart.process import CountingProcess
from scanner.apart.task import Task, decoded
from scanner.application.aside import Recounted
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_values import LIMIT_NOTES, limit_name, rule_name, settled
from scanner.git.history import GitHistory
from scanner.rules.catalogue import RULES
from scanner.rules.dependence import judged_otherwise
from tests.scanner.application.test_recounting import Past


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Twenty commits, all of whose facts are in the cache."""
    made = Past(tmp_path_factory.mktemp("past"))
    made.recount((DEFAULT,), frozenset({"layering"}))
    return made


@pytest.fixture(autouse=True)
def short_pasts_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.application.recounting.FEWEST", 2)


def process(past: Past, cache: Path | None = None) -> CountingProcess:
    return CountingProcess(past.builder.path, cache or past.file, past.reader.engine())


def random_rubrics(count: int) -> Iterator[Rubric]:
    """Rubrics with some limits moved up or down and some rules off."""
    draw = random.Random(11)
    for _ in range(count):
        notes = draw.sample(LIMIT_NOTES, draw.randint(1, 4))
        limits = {
            limit_name(note.name): draw.randint(1, 2 * getattr(DEFAULT.limits, note.name))
            for note in notes
        }
        off = {rule_name(code): False for code in draw.sample(sorted(RULES), draw.randint(0, 2))}
        yield settled(DEFAULT, {**limits, **off})


def test_random_changes_at_random_points_are_judged_as_from_scratch(past: Past) -> None:
    for number, after in enumerate(random_rubrics(6)):
        keys = judged_otherwise(DEFAULT, after)
        points = past.recount((DEFAULT, after), keys, process(past))
        for point in random.Random(number).sample(points, 3):
            for rubric, tallies in zip((DEFAULT, after), point.tallies, strict=True):
                scratch = past.from_scratch(point.commit, rubric)
                assert tallies == {key: each for key, each in scratch.items() if key in keys}


def counted(past: Past, apart: CountingProcess | None) -> list[Recounted]:
    return past.recount((DEFAULT,), frozenset({"layering", "naming"}), apart)


def test_the_order_of_the_points_is_that_of_the_chain(past: Past) -> None:
    found = counted(past, process(past))
    chain = GitHistory(past.builder.path).chain("HEAD")
    assert [each.commit for each in found] == [link.revision.commit for link in chain]


def test_points_that_the_second_process_lacks_facts_for_are_counted_here(
    past: Past, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert counted(past, process(past, tmp_path / "empty.sqlite3")) == counted(past, None)
    assert "told 0 of" in caplog.text


def test_nothing_is_left_of_the_process_when_nobody_wants_the_rest(past: Past) -> None:
    links = GitHistory(past.builder.path).chain("HEAD")
    with process(past).begin() as answers:
        answers.ask(links, [DEFAULT], ["layering"])
        number = answers.pid
        os.kill(number, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_task_survives_the_pipe(past: Past) -> None:
    links = GitHistory(past.builder.path).chain("HEAD")
    (rubric,) = random_rubrics(1)
    task = Task(Path("/a\udc80b"), past.file, "1+x", links, [rubric], ["typing"])
    back = decoded(task.encoded())
    assert [each.tree for each in back.links] == [each.tree for each in links]
    assert (back.git_dir, back.cache, back.rubrics) == (task.git_dir, task.cache, [rubric])
