"""Two verdicts side by side: whatever changed, the parts sum to the difference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from scanner.application.continuity import surroundings, trace
from scanner.assessment import assess
from scanner.domain.comparison import KINDS, Comparison, compare
from scanner.domain.findings import Assessment
from scanner.domain.lifecycle import match
from scanner.domain.project import ProjectConfig, ProjectFacts
from tests.scanner.rules.harness import judge
from tests.scanner.test_incremental import Commit, commits, facts_of

UNTYPED = "def total(prices):\n    return sum(prices)\n"
TYPED = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
TEST = "from shop import a, b\n\n\ndef test_it() -> None:\n    assert a and b\n"


def side_by_side(before: Assessment, after: Assessment) -> Comparison:
    """The comparison with the findings matched as a scan matches them."""
    around = surroundings(None, None, None, {})  # type: ignore[arg-type]
    olds = [trace(finding) for finding in before.findings]
    return compare(before, after, match(olds, [trace(each) for each in after.findings], around))


def verdict_on(commit: Commit) -> Assessment:
    """What the engine says of one commit."""
    files, config = commit
    return assess(ProjectFacts(tuple(sorted(files)), config), facts_of(files))


@settings(max_examples=60)
@given(commits)
def test_the_parts_sum_to_the_difference(history: list[Commit]) -> None:
    before, after = verdict_on(history[0]), verdict_on(history[-1])

    found = side_by_side(before, after)

    assert tuple(found.parts) == KINDS
    assert sum(found.parts.values()) == pytest.approx(after.score - before.score, abs=1e-9)


def test_a_fix_is_a_fix_and_a_new_one_is_new() -> None:
    before = judge({"shop/a.py": UNTYPED, "shop/b.py": TYPED, "tests/test_a.py": TEST})
    after = judge({"shop/a.py": TYPED, "shop/b.py": UNTYPED, "tests/test_a.py": TEST})

    found = side_by_side(before, after)

    assert found.parts["fixed"] > 0 > found.parts["new"]
    assert found.parts["fixed"] == pytest.approx(-found.parts["new"])
    assert {(each.kind, each.finding.path) for each in found.effects} == {
        ("fixed", "shop/a.py"),
        ("new", "shop/b.py"),
    }


def test_a_finding_that_costs_more_has_changed() -> None:
    long, longer = ("x = 1\n" * count for count in (600, 900))
    found = side_by_side(judge({"shop/a.py": long}), judge({"shop/a.py": longer}))

    (effect,) = found.effects
    assert (effect.kind, effect.finding.rule) == ("changed", "FS01")
    assert effect.points < 0
    assert found.parts["new"] == found.parts["fixed"] == 0


def test_an_acceptance_gives_its_points_back() -> None:
    told = UNTYPED.replace("):", "):  # codevitals: ignore[TY01] a sketch", 1)
    before, after = (
        judge({"shop/a.py": text, "tests/test_a.py": TEST}) for text in (UNTYPED, told)
    )
    found = side_by_side(before, after)

    assert found.parts["accepted"] == pytest.approx(after.score - before.score)
    assert [each.kind for each in found.effects] == ["accepted"]


def test_more_clean_code_is_structure_alone() -> None:
    before = judge({"shop/a.py": UNTYPED, "tests/test_a.py": TEST})
    after = judge(
        {"shop/a.py": UNTYPED, "shop/b.py": f'"""Prices."""\n{TYPED * 9}', "tests/test_a.py": TEST}
    )

    found = side_by_side(before, after)

    assert found.effects == ()
    assert found.parts["structure"] == pytest.approx(after.score - before.score)


def test_another_rubric_is_a_part_of_its_own() -> None:
    verdict = judge({"shop/a.py": UNTYPED})
    found = compare(verdict, verdict, match([], [])).plus("rubric", -2.5)

    assert found.parts["rubric"] == -2.5
    assert found.score_to == verdict.score - 2.5


def test_what_is_left_out_is_not_fixed() -> None:
    files = {"shop/a.py": UNTYPED, "shop/b.py": UNTYPED, "tests/test_a.py": TEST}
    before = verdict_on((files, ProjectConfig()))
    after = verdict_on((files, ProjectConfig(exclude=("shop/b.py",))))

    found, back = side_by_side(before, after), side_by_side(after, before)

    assert found.parts["fixed"] == back.parts["new"] == 0
    assert found.parts["structure"] == pytest.approx(after.score - before.score)
    assert {(each.kind, each.finding.path) for each in (*found.effects, *back.effects)} == {
        ("structure", "shop/b.py")
    }
