"""Which findings come and go by a rubric alone, as they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from scanner.application.records import Verdict
from scanner.domain.findings import Finding
from scanner.domain.lifecycle import ByRubric
from scanner.storage import intervals, rubric_moves
from scanner.storage.models import Repository
from tests.portfolio import store_repository, store_team
from tests.scanner.verdicts import make_finding, make_verdict


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=1)
    repository.findings.all().delete()
    return repository


def stored(repository: Repository, verdict: Verdict) -> ByRubric:
    """The findings of a verdict stored with the latest snapshot."""
    assert repository.latest is not None
    known = rubric_moves.known_before(repository.pk, verdict)
    changes = intervals.store(repository.latest, verdict.assessment.findings, verdict.around)
    return rubric_moves.store(repository.latest, changes, known, verdict)


def judged(now: Sequence[Finding], before: Sequence[Finding] | None) -> Verdict:
    """A verdict, and what the rubric before finds in the same tree."""
    verdict = make_verdict(findings=now)
    other = make_verdict(findings=before or ()).assessment
    return verdict if before is None else replace(verdict, before=other)


def test_code_and_rubric_are_told_apart(repository: Repository) -> None:
    stays, gone, off = (make_finding(name) for name in ("stays", "gone", "off"))
    came, strict = make_finding("came"), make_finding("strict")
    stored(repository, judged([stays, gone, off], None))
    moved = stored(repository, judged([stays, came, strict], [stays, off, came]))
    assert moved == ByRubric(opened=(strict.fingerprint,), closed=(off.fingerprint,))
    by_rubric = {
        row.symbol: (row.opened_by_rubric, row.closed_by_rubric)
        for row in repository.findings.all()
    }
    assert by_rubric == {
        "stays": (False, False),
        "gone": (False, False),
        "off": (False, True),
        "came": (False, False),
        "strict": (True, False),
    }


def test_one_rubric_moves_nothing(repository: Repository) -> None:
    stored(repository, judged([make_finding("one")], None))
    assert stored(repository, judged([make_finding("two")], None)) == ByRubric()
    marked = repository.findings.filter(opened_by_rubric=True)
    assert not (marked | repository.findings.filter(closed_by_rubric=True)).exists()
