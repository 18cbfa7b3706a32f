"""Changing rubrics: versions, what inherits, who was first, and what is judged again."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from scanner.application.requests import ScanRequests
from scanner.application.rubrics import (
    PROMPT,
    Author,
    RubricChange,
    RubricChanges,
    Rubrics,
    Seen,
)
from scanner.bootstrap.environment import atomic
from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.rubric_values import Value, settled, term_name
from scanner.storage.models import Repository, RubricVersion, Scan
from scanner.storage.repositories import Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Queue
from tests.portfolio import store_repository, store_team
from tests.scanner.hands import Bell, Hands
from tests.scanner.rubrics import ANN, change_rubric


@pytest.fixture
def repository(db: None) -> Repository:
    return store_repository(store_team(), snapshots=1)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def changes(bell: Bell) -> RubricChanges:
    requests = ScanRequests(Repositories(), Queue(), atomic, bell)
    return RubricChanges(RubricVersions(), requests, atomic, Hands())


@pytest.fixture
def rubrics() -> Rubrics:
    return Rubrics(RubricVersions())


def wanted(
    rubrics: Rubrics, values: dict[str, Value], repository: Repository | None = None
) -> RubricChange:
    """These values over what holds, as someone sends them who has just looked."""
    key = repository.pk if repository else None
    standing = rubrics.standing(key)
    return RubricChange(key, settled(standing.rubric, values), standing.seen, "A reason.", ANN)


def refused(changes: RubricChanges, change: RubricChange) -> UserError:
    """The refusal; nothing may have been stored."""
    count = RubricVersion.objects.count()
    with pytest.raises(UserError) as raised:
        changes.change(change)
    assert RubricVersion.objects.count() == count
    return raised.value


def test_it_works(
    changes: RubricChanges, rubrics: Rubrics, bell: Bell, repository: Repository
) -> None:
    assert rubrics.of(repository.pk) == DEFAULT
    scans = changes.change(wanted(rubrics, {"limits.nesting": 6}, repository))

    standing = rubrics.standing(repository.pk)
    row = RubricVersion.objects.get()
    assert standing.rubric.limits.nesting == 6
    assert (standing.changes, standing.seen) == ({"limits.nesting": 6}, Seen(0, 1))
    assert (row.number, row.changes, row.note) == (1, {"limits.nesting": 6}, "A reason.")
    assert (row.version, row.author_name) == (standing.rubric.version, "ann")
    assert Scan.objects.get(pk=scans[0]).trigger == Scan.Trigger.RUBRIC
    assert bell.rung == list(scans)


def test_what_was_left_follows_the_default(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    changes.change(wanted(rubrics, {"limits.nesting": 6}, repository))
    changes.change(wanted(rubrics, {"limits.nesting": 3, "limits.imports": 9}))

    found = rubrics.of(repository.pk)
    assert (found.limits.nesting, found.limits.imports) == (6, 9)
    assert rubrics.standing(repository.pk).seen == Seen(1, 1)


def test_a_value_set_back_is_no_change_any_more(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    changes.change(wanted(rubrics, {"limits.nesting": 6}, repository))
    changes.change(wanted(rubrics, {"limits.nesting": 4}, repository))

    standing = rubrics.standing(repository.pk)
    assert (standing.changes, standing.seen.own) == ({}, 2)
    assert standing.rubric == DEFAULT


def test_the_default_is_judged_again_wherever_it_makes_a_difference(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    other = store_repository(store_team(), "billing", snapshots=1)
    changes.change(wanted(rubrics, {"limits.nesting": 3}, repository))
    Scan.objects.filter(status="queued").delete()

    changes.change(wanted(rubrics, {"limits.nesting": 3}))

    assert [scan.repository for scan in Scan.objects.filter(status="queued")] == [other]


def test_workers_are_told_of_a_few_scans_at_once(
    changes: RubricChanges, rubrics: Rubrics, bell: Bell, repository: Repository
) -> None:
    for number in range(PROMPT + 1):
        store_repository(store_team(), f"part-{number}", snapshots=1)

    scans = changes.change(wanted(rubrics, {"limits.nesting": 3}))

    assert len(scans) == PROMPT + 2
    assert bell.rung == list(scans[:PROMPT])


def test_the_second_of_two_owners_is_told(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    mine = wanted(rubrics, {"limits.nesting": 6}, repository)
    changes.change(wanted(rubrics, {"limits.imports": 9}, repository))

    error = refused(changes, mine)

    assert error.code == "rubric.overtaken"
    assert error.message.startswith("ann changed this rubric")
    assert rubrics.of(repository.pk).limits.nesting == 4


def test_a_default_that_changed_meanwhile_is_told(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    mine = wanted(rubrics, {"limits.nesting": 6}, repository)
    changes.change(wanted(rubrics, {"limits.imports": 9}))

    error = refused(changes, mine)
    assert error.code == "rubric.overtaken"
    assert "the default that this rubric inherits" in error.message


class Late(RubricVersions):
    """A store in which another owner is quicker by the time a version is written."""

    def add(self, new: object) -> bool:
        return False


def test_a_number_that_was_taken_in_this_moment_is_told(
    rubrics: Rubrics, bell: Bell, repository: Repository
) -> None:
    requests = ScanRequests(Repositories(), Queue(), atomic, bell)
    late = RubricChanges(Late(), requests, atomic, Hands())
    assert refused(late, wanted(rubrics, {"limits.nesting": 6}, repository)).code == (
        "rubric.overtaken"
    )
    assert bell.rung == []


def test_one_number_is_stored_once(repository: Repository) -> None:
    change_rubric({"limits.nesting": 6}, repository)
    change_rubric({"limits.nesting": 6})
    for row in RubricVersion.objects.all():
        twin = RubricVersion.objects.get(pk=row.pk)
        twin.pk = None
        with pytest.raises(IntegrityError), atomic():
            twin.save(force_insert=True)


def test_nothing_new_is_refused(changes: RubricChanges, rubrics: Rubrics, db: None) -> None:
    assert refused(changes, wanted(rubrics, {"limits.nesting": 4})).code == "rubric.unchanged"


@pytest.mark.parametrize(("note", "code"), [("  ", "note.missing"), ("x" * 301, "note.long")])
def test_a_change_has_a_reason(
    note: str, code: str, changes: RubricChanges, rubrics: Rubrics, db: None
) -> None:
    rubric: Rubric = settled(DEFAULT, {"limits.nesting": 6})
    change = RubricChange(None, rubric, rubrics.standing().seen, note, Author(None, "ann"))
    assert refused(changes, change).code == code


def test_a_default_that_leaves_a_repository_weightless_is_refused(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    own = {term_name(key, "weight"): 0.0 for key in KEYS[1:]}
    changes.change(wanted(rubrics, own, repository))

    error = refused(changes, wanted(rubrics, {term_name(KEYS[0], "weight"): 0}))
    assert error.code == "rubric.weightless"
    assert repository.name in error.message


def test_a_repository_that_is_gone_is_told(
    changes: RubricChanges, rubrics: Rubrics, repository: Repository
) -> None:
    change = wanted(rubrics, {"limits.nesting": 6}, repository)
    key = repository.pk
    repository.delete()
    with pytest.raises(UserError) as raised:
        changes.change(change)
    assert raised.value.code == "repository.gone"
    assert not RubricVersion.objects.filter(repository_id=key).exists()
