"""What to fix first, and the way to the next grade."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.findings import MILLION, Charge, PrincipleScore
from scanner.domain.fix_plan import (
    BAND,
    Way,
    fix_first,
    in_turn,
    largest,
    score_with,
    way_to_next_grade,
)
from tests.scanner.domain.books import PATHS, Case, Flaw, Spot, cases, ledger

LINES = Spot("a/x.py", "complexity", "f", 1_000 * MILLION)


def flaw(name: str, cost: int, effort: int = 10, accepted: bool = False) -> Flaw:
    """A finding at the one site of `LINES`."""
    charge = Charge(LINES.path, 1, cost * MILLION, LINES.site, LINES.mass)
    return Flaw(name, "complexity", (charge,), effort, accepted)


def standings(case: Case) -> Sequence[PrincipleScore]:
    """The principle scores of a case."""
    return tuple(ledger(case).principle_scores({}))


@given(cases(), st.sets(st.integers(0, 9)))
def test_the_score_with_fixes_is_the_score_judged_anew(case: Case, picks: set[int]) -> None:
    fixed = [each.fingerprint for number, each in enumerate(case.flaws) if number in picks]
    still_open = [each for each in fixed if not by_id(case, each).accepted]
    anew = ledger(case, fixed=still_open)
    assert score_with(standings(case), case.flaws, fixed) == anew.score_of(anew.totals)


@given(cases())
def test_each_single_fix_gains_what_judging_anew_says(case: Case) -> None:
    before = ledger(case)
    steps = fix_first(standings(case), case.flaws)
    able = [each for each in case.flaws if not each.accepted and each.principle in case.applicable]
    assert {step.fingerprint for step in steps} == {each.fingerprint for each in able}
    for step in steps:
        after = ledger(case, fixed=[step.fingerprint])
        assert step.score_after == after.score_of(after.totals)
        assert step.gain == step.score_after - before.score_of(before.totals)
    rates = [step.gain / step.effort for step in steps]
    assert rates == sorted(rates, reverse=True)


@given(cases(), st.randoms(use_true_random=False))
def test_fixes_in_turn_lead_where_judging_anew_leads(case: Case, dice: Random) -> None:
    names = [step.fingerprint for step in fix_first(standings(case), case.flaws)]
    dice.shuffle(names)
    done, order = names[::2], names[1::2]
    steps = in_turn(standings(case), case.flaws, order, done)
    for count, step in enumerate(steps, 1):
        fixed = [*done, *order[:count]]
        assert step.score_after == score_with(standings(case), case.flaws, fixed)
        before = score_with(standings(case), case.flaws, fixed[:-1])
        assert step.gain == step.score_after - before


@given(cases(), st.integers(1, 9))
def test_the_largest_fixes_begin_with_the_largest_and_count_those_before(
    case: Case, most: int
) -> None:
    ranked = fix_first(standings(case), case.flaws)
    steps = largest(standings(case), case.flaws, ranked, most)
    assert len(steps) == min(most, len(ranked))
    if steps:
        assert steps[0].gain == max(step.gain for step in ranked)
    order = [step.fingerprint for step in steps]
    assert len(set(order)) == len(order)
    assert steps == in_turn(standings(case), case.flaws, order)


@given(cases())
def test_the_way_reaches_the_next_grade_and_no_step_of_it_is_idle(case: Case) -> None:
    way = way_to_next_grade(standings(case), case.flaws)
    now = ledger(case)
    if way is None:
        assert now.score_of(now.totals) >= 90
        return
    assert way.score == now.score_of(now.totals) < way.needs
    chosen = [step.fingerprint for step in way.steps]
    assert way.reached
    assert score_with(standings(case), case.flaws, chosen) == way.steps[-1].score_after
    for left_out in chosen:
        rest = [each for each in chosen if each != left_out]
        assert score_with(standings(case), case.flaws, rest) < way.needs
    assert_steps_add_up(way)


@given(cases(), st.dictionaries(st.sampled_from(PATHS), st.integers(0, 40)))
def test_hot_files_change_the_order_and_never_the_aim(case: Case, changes: dict[str, int]) -> None:
    cold = way_to_next_grade(standings(case), case.flaws)
    hot = way_to_next_grade(standings(case), case.flaws, changes)
    assert (hot is None) == (cold is None)
    if hot is None:
        return
    chosen = [step.fingerprint for step in hot.steps]
    assert hot.reached
    for left_out in chosen:
        rest = [each for each in chosen if each != left_out]
        assert score_with(standings(case), case.flaws, rest) < hot.needs
    assert_steps_add_up(hot)


@given(cases(), st.dictionaries(st.sampled_from(PATHS), st.integers(0, 40)))
def test_heat_moves_a_fix_past_none_that_gains_a_quarter_more(
    case: Case, changes: dict[str, int]
) -> None:
    steps = fix_first(standings(case), case.flaws, changes=changes)
    rates = [step.gain / step.effort for step in steps]
    for earlier, later in pairwise(rates):
        assert later <= earlier * BAND * (1 + 1e-9)
    assert {step.fingerprint for step in steps} == {
        step.fingerprint for step in fix_first(standings(case), case.flaws)
    }


def test_of_equal_fixes_the_one_in_the_hot_file_comes_first() -> None:
    spots = tuple(Spot(path, "complexity", "f", 100 * MILLION) for path in PATHS[:2])
    flaws = tuple(
        Flaw(path, "complexity", (Charge(path, 1, 50 * MILLION, "f", 100 * MILLION),), 10)
        for path in PATHS[:2]
    )
    case = Case(spots, flaws)
    for hot in PATHS[:2]:
        first, _ = fix_first(standings(case), case.flaws, changes={hot: 3})
        assert first.fingerprint == hot
        way = way_to_next_grade(standings(case), case.flaws, {hot: 3})
        assert way is not None
        assert way.steps[0].fingerprint == hot


def assert_steps_add_up(way: Way) -> None:
    """The gains of the steps lead from today's score to the last one."""
    assert math.isclose(
        math.fsum(step.gain for step in way.steps),
        way.steps[-1].score_after - way.score,
        abs_tol=1e-9,
    )
    assert all(step.score_after < way.needs for step in way.steps[:-1])
    assert way.effort == sum(step.effort for step in way.steps)


def by_id(case: Case, fingerprint: str) -> Flaw:
    """A finding of a case."""
    return next(each for each in case.flaws if each.fingerprint == fingerprint)


def test_gain_per_effort_comes_before_gain() -> None:
    case = Case((LINES,), (flaw("large", 300, effort=100), flaw("quick", 50, effort=5)))
    assert [step.fingerprint for step in fix_first(standings(case), case.flaws)] == [
        "quick",
        "large",
    ]
    assert len(fix_first(standings(case), case.flaws, limit=1)) == 1


def test_what_later_steps_make_needless_is_pruned() -> None:
    flaws = (flaw("cheap", 10, effort=1), flaw("large", 1_000, effort=200))
    case = Case((LINES,), flaws)
    way = way_to_next_grade(standings(case), case.flaws)
    assert way is not None
    assert [step.fingerprint for step in way.steps] == ["large"]


def test_accepted_findings_are_no_fixes() -> None:
    case = Case((LINES,), (flaw("one", 300, accepted=True), flaw("two", 900)))
    assert [step.fingerprint for step in fix_first(standings(case), case.flaws)] == ["two"]


def test_the_best_grade_has_no_next() -> None:
    case = Case((LINES,), (flaw("one", 1),))
    assert way_to_next_grade(standings(case), case.flaws) is None


def test_some_of_the_findings_may_not_be_enough() -> None:
    case = Case((LINES,), (flaw("one", 900), flaw("two", 1)))
    way = way_to_next_grade(standings(case), case.flaws[1:])
    assert way is not None
    assert not way.reached


def test_a_finding_over_several_files_is_one_fix() -> None:
    spots = tuple(Spot(path, "layering", "1", 10 * MILLION) for path in PATHS)
    charges = tuple(Charge(path, 1, MILLION, "1", 10 * MILLION) for path in PATHS)
    case = Case(spots, (Flaw("cycle", "layering", charges),))
    (step,) = fix_first(standings(case), case.flaws)
    assert step.score_after == 100.0
