"""A witness says of each step of a course what judging both commits from scratch says."""

from __future__ import annotations

from hypothesis import given, settings

from scanner.application.continuity import trace
from scanner.assessment import assess
from scanner.domain.facts import Module, Unmeasured
from scanner.domain.project import ProjectFacts
from scanner.incremental import Course
from scanner.witness import Witness
from tests.scanner.test_incremental import Commit, commits, facts_of


def costs(commit: Commit) -> dict[str, int]:
    """The findings of one commit, judged from scratch: cost by fingerprint."""
    files, config = commit
    verdict = assess(ProjectFacts(tuple(sorted(files)), config), facts_of(files))
    return {finding.fingerprint: finding.cost for finding in verdict.findings}


@settings(max_examples=60)
@given(commits)
def test_every_step_is_seen_as_it_is(history: list[Commit]) -> None:
    witness, before = Witness(), dict[str, Module | Unmeasured]()
    course, then = Course(witness=witness), dict[str, int]()
    for commit in history:
        files, config = commit
        now = facts_of(files)
        changed = {path: None for path in before if path not in now} | {
            path: facts for path, facts in now.items() if before.get(path) is not facts
        }
        standing = course.advance(ProjectFacts(tuple(sorted(files)), config), changed)
        found, expected = witness.step(standing.tallies), costs(commit)

        assert found.came.keys() == expected.keys() - then.keys()
        assert found.went.keys() == then.keys() - expected.keys()
        assert found.grew == {
            name: expected[name] - then[name]
            for name in expected.keys() & then.keys()
            if expected[name] != then[name]
        }
        assert {name: each.cost for name, each in witness.standing().items()} == expected
        before, then = now, expected


def test_a_sighting_is_traced_as_a_finding_is() -> None:
    files = {
        "shop/a.py": "from shop import b\n\n\ndef price(x):\n    return b\n",
        "shop/b.py": "from shop import a\n\n\ndef cost(x):\n    return a\n",
        "shop/__init__.py": "",
    }
    witness, project = Witness(), ProjectFacts(tuple(sorted(files)))
    verdict = assess(project, facts_of(files))
    witness.step(Course(witness=witness).advance(project, facts_of(files)).tallies)

    found = {name: each.trace for name, each in witness.standing().items()}

    assert found == {finding.fingerprint: trace(finding) for finding in verdict.findings}
    assert any(each.members for each in found.values())
