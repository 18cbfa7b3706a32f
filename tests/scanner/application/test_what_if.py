"""What a rubric would do, before it is saved: to the last bit what judging by it says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from scanner.application.accepting import NewAcceptance
from scanner.application.previews import Asked, Previews
from scanner.application.records import RepositoryRecord
from scanner.application.rubrics import Seen
from scanner.application.scanning import OpenedRevision
from scanner.application.what_if import Answer, Question, WhatIf, WhatIfStores
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_values import settled
from scanner.storage.acceptances import Acceptances
from scanner.storage.models import Preview, Repository, Snapshot
from scanner.storage.previews import PreviewRows
from scanner.storage.repositories import Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.what_if import Verdicts
from tests.portfolio import store_repository, store_team
from tests.scanner.past_bench import Clone, PastBench
from tests.scanner.rubrics import change_rubric
from tests.scanner.workbench import PlainReader

LONG = "def f{0}(x):\n" + "".join(f"    x = {n}\n" for n in range(30)) + "    return x\n"
QUIET = "def f{0}(x):\n    try:\n        return x\n    except Exception:\n        pass\n"
STRICT = {"limits.function_lines": 10, "limits.public_classes": 2, "rules.FF01": False}
HEAVY = {"principles.typing.weight": 40, "principles.fail-fast.rigour": 9}


class Here(Clone):
    """A clone that opens what is here."""

    @contextmanager
    def kept(self, repository: RepositoryRecord, commit: str) -> Iterator[OpenedRevision]:
        yield OpenedRevision(self.objects.tree(commit), self.objects.blobs(), self.cache)


class Room:
    """Nine judged weeks of a shop, and somebody who thinks of another rubric."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.repository = repository
        self.bench = PastBench(folder)
        for number in range(9):
            text = (QUIET if number % 3 else LONG).format(number)
            self.bench.commit({f"shop/m{number}.py": text, "shop/log.py": f"N = {number}\n"})
        scan = self.bench.scan(repository.pk)
        asked = self.bench.requests.follow(scan)
        assert asked is not None
        self.bench.backfilling.run(asked.id)
        here = Here(self.bench.builder)
        here.cache = self.bench.clone.cache
        self.reader = PlainReader()
        stores = WhatIfStores(Repositories(), Verdicts(), RubricVersions(), Acceptances())
        self.what_if = WhatIf(stores, here, self.reader, timezone.now)
        self.woken: list[int] = []
        self.previews = Previews(PreviewRows(timezone.now), self.what_if, self.woken.append)

    def answer(self, after: Rubric, before: Rubric = DEFAULT) -> Answer:
        question = Question(self.repository.pk, before, after)
        return self.what_if.answer(question, lambda phase, done, total: None)

    def ask(self, after: Rubric) -> Preview:
        question = Question(self.repository.pk, DEFAULT, after)
        return Preview.objects.get(pk=self.previews.ask(Asked(question, Seen(0, 0), {})))


@pytest.fixture
def room(db: None, tmp_path: Path) -> Room:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return Room(tmp_path, repository)


@pytest.mark.parametrize("values", [STRICT, HEAVY, STRICT | HEAVY])
def test_each_point_is_what_judging_its_commit_by_both_gives(
    room: Room, values: Mapping[str, object]
) -> None:
    after = settled(DEFAULT, values)
    found = room.answer(after)

    assert len(found.points) == 9
    assert room.reader.parsed == []
    for point in random.Random(5).sample(found.points, 4):
        assert point.before == room.bench.from_scratch(point.commit).score
        assert point.after == room.bench.from_scratch(point.commit, after).score
    assert found.points[-1].before != found.points[-1].after


def test_the_newest_verdict_is_told_by_principle_and_rule(room: Room) -> None:
    after = settled(DEFAULT, STRICT)
    (effect,) = room.answer(after).effects
    head = Snapshot.objects.get(repository=room.repository, backfilled=False).commit
    old, new = (room.bench.from_scratch(head, each) for each in (DEFAULT, after))

    assert (effect.before.score, effect.after.score) == (old.score, new.score)
    assert effect.after.principles == {each.key: each.score for each in new.principles}
    rules = {each.code: each for each in effect.rules}
    assert (rules["CX02"].came, rules["CX02"].went, rules["CX02"].count) == (3, 0, 3)
    assert (rules["FF01"].came, rules["FF01"].went, rules["FF01"].points_after) == (0, 6, 0.0)
    lost = sum(each.points for each in new.findings if each.rule == "CX02")
    assert rules["CX02"].points_after == pytest.approx(lost, abs=1e-9)


def test_what_the_team_accepted_stays_accepted_at_the_newest_commit(room: Room) -> None:
    owner = User.objects.create_user("ann")
    finding = room.repository.findings.filter(rule="FF01").first()
    assert finding is not None
    new = NewAcceptance(room.repository.pk, (finding.fingerprint,), "so be it", None, owner.pk)
    Acceptances().add(new, timezone.now())
    after = settled(DEFAULT, {"limits.function_lines": 10})
    found = room.answer(after)

    change_rubric({"limits.function_lines": 10}, room.repository)
    room.bench.scan(room.repository.pk)
    room.repository.refresh_from_db()
    assert room.repository.latest is not None
    assert found.effects[0].after.score == room.repository.latest.score == found.points[-1].after


def test_weights_are_answered_at_once_and_limits_by_a_worker(room: Room) -> None:
    light = room.ask(settled(DEFAULT, HEAVY))
    assert (light.status, room.woken) == ("done", [])

    deep = room.ask(settled(DEFAULT, STRICT))
    assert (deep.status, room.woken) == ("queued", [deep.pk])
    room.previews.run(deep.pk)
    room.previews.run(deep.pk)  # a message that came twice
    deep.refresh_from_db()
    assert deep.status == "done"
    assert deep.answer is not None
    assert len(deep.answer["points"]) == 9


def test_the_same_question_is_answered_once_until_something_is_judged(room: Room) -> None:
    first = room.ask(settled(DEFAULT, HEAVY))
    assert room.ask(settled(DEFAULT, HEAVY)).pk == first.pk

    room.bench.commit({"shop/new.py": "X = 1\n"})
    room.bench.scan(room.repository.pk)
    assert room.ask(settled(DEFAULT, HEAVY)).pk != first.pk


def test_a_default_ranks_all_that_inherit_it(room: Room) -> None:
    after = settled(DEFAULT, {"limits.function_lines": 10})
    question = Question(None, DEFAULT, after)
    change_rubric({"limits.nesting": 9}, room.repository)
    found = room.what_if.answer(question, lambda phase, done, total: None)

    own = [settled(each, {"limits.nesting": 9}) for each in (DEFAULT, after)]
    head = Snapshot.objects.get(repository=room.repository, backfilled=False).commit
    scores = [room.bench.from_scratch(head, each).score for each in own]
    assert [(each.before.score, each.after.score) for each in found.effects] == [tuple(scores)]


def test_a_fault_ends_in_words(room: Room) -> None:
    preview = room.ask(settled(DEFAULT, STRICT))
    Snapshot.objects.all().delete()
    room.previews.run(preview.pk)
    preview.refresh_from_db()
    assert (preview.status, preview.error_code) == ("failed", "rubric.unscanned")
