"""The laws of the score, at fixed structure."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.findings import MILLION, Charge
from scanner.domain.rubric import DEFAULT
from scanner.domain.scoring import overall, ratio
from tests.scanner.domain.books import PATHS, Case, Flaw, Spot, cases, ledger, scopes

some = st.integers(0, 9)


@given(cases())
def test_every_score_lies_between_nought_and_a_hundred(case: Case) -> None:
    assert all(0 <= score <= 100 for score in scopes(ledger(case)))


@given(cases(least=1), some)
def test_fixing_lowers_no_score_at_any_scope(case: Case, pick: int) -> None:
    chosen = case.flaws[pick % len(case.flaws)].fingerprint
    before, after = scopes(ledger(case)), scopes(ledger(case, fixed=[chosen]))
    assert all(new >= old for old, new in zip(before, after, strict=True))


@given(cases(least=1), some)
def test_accepting_lowers_no_score_and_leaves_the_strict_ones(case: Case, pick: int) -> None:
    chosen = case.flaws[pick % len(case.flaws)].fingerprint
    before, after = scopes(ledger(case)), scopes(ledger(case, accepted=[chosen]))
    half = len(before) // 2
    assert all(new >= old for old, new in zip(before[:half], after[:half], strict=True))
    assert before[half:] == after[half:]


@given(cases(least=1), some)
def test_an_accepted_finding_counts_like_a_fixed_one(case: Case, pick: int) -> None:
    chosen = case.flaws[pick % len(case.flaws)].fingerprint
    half = len(scopes(ledger(case))) // 2
    accepted = scopes(ledger(case, accepted=[chosen]))[:half]
    assert accepted == scopes(ledger(case, fixed=[chosen]))[:half]


@given(cases(), st.data())
def test_a_site_that_starts_to_offend_raises_no_score(case: Case, data: st.DataObject) -> None:
    if not case.spots:
        return
    spot: Spot = data.draw(st.sampled_from(case.spots))
    cost = data.draw(st.integers(1, 2 * spot.mass + 1))
    flaw = Flaw("new", spot.principle, (Charge(spot.path, 1, cost, spot.site, spot.mass),))
    worse = replace(case, flaws=(*case.flaws, flaw))
    pairs = zip(scopes(ledger(case)), scopes(ledger(worse)), strict=True)
    assert all(new <= old for old, new in pairs)


@given(cases())
def test_order_is_irrelevant_to_the_last_bit(case: Case) -> None:
    forwards, backwards = ledger(case), ledger(case, backwards=True)
    assert forwards.files == backwards.files
    assert scopes(forwards) == scopes(backwards)
    assert list(forwards.file_scores({})) == list(backwards.file_scores({}))


@given(cases())
def test_the_points_of_findings_files_and_principles_sum_to_what_is_lost(case: Case) -> None:
    book = ledger(case)
    lost = 100 - book.score_of(book.totals)
    by_finding = [
        book.rates[flaw.principle] * sum(charge.cost for charge in flaw.charges)
        for flaw in case.flaws
        if not flaw.accepted and flaw.principle in case.applicable
    ]
    by_file = [each.points_lost for each in book.file_scores({})]
    by_principle = [each.points_lost for each in book.principle_scores({})]
    for parts in (by_finding, by_file, by_principle):
        assert math.isclose(math.fsum(parts), lost, rel_tol=0, abs_tol=1e-9)


@given(cases())
def test_scopes_add_up(case: Case) -> None:
    book = ledger(case)
    whole = book.totals
    parts = [book.roll_up([path]) for path in PATHS]
    for key, tally in whole.items():
        assert tally.conforming == sum(part[key].conforming for part in parts)
        assert tally.debt == sum(part[key].debt for part in parts)
        assert tally.accepted_debt == sum(part[key].accepted_debt for part in parts)
        assert tally.strict_conforming == sum(part[key].strict_conforming for part in parts)
        assert tally.n == sum(part[key].n for part in parts)


@given(cases())
def test_with_everything_fixed_the_score_is_exactly_a_hundred(case: Case) -> None:
    book = ledger(case, fixed=[flaw.fingerprint for flaw in case.flaws])
    assert set(scopes(book)) == {100.0}


@given(cases())
def test_the_strict_score_is_never_above_the_score(case: Case) -> None:
    found = scopes(ledger(case))
    half = len(found) // 2
    assert all(strict <= score for score, strict in zip(found[:half], found[half:], strict=True))


@given(
    st.integers(0, 10**15), st.integers(0, 10**15), st.integers(0, 10**12), st.integers(1, 10**9)
)
def test_a_score_is_the_nearest_float_to_the_exact_quotient(
    conforming: int, debt: int, grace: int, rigour: int
) -> None:
    found = ratio(conforming, debt, grace, rigour)
    whole = (conforming + grace) * MILLION + rigour * debt
    exact = Fraction(100 * (conforming + grace) * MILLION, whole) if whole else Fraction(100)
    assert found == float(exact)
    assert 0 <= found <= 100


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=10))
def test_a_mean_of_hundreds_is_exactly_a_hundred(weights: list[int]) -> None:
    assert overall([(100.0, weight) for weight in weights]) == 100.0


def test_rigour_and_grace_are_whole_numbers_by_then() -> None:
    for terms in DEFAULT.principles:
        assert terms.rigour_millionths == terms.rigour * MILLION
        assert terms.grace_millionths == terms.grace * MILLION
