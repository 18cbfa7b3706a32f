"""From offences to findings: sites, splitting, and the worst at a site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.rubric_file import load
from scanner.rules.offences import Site, millionths, split
from scanner.rules.verdicts import Sites
from tests.scanner.rules.harness import judge

SILENT = "def f() -> None:\n    try:\n        g()\n    except:\n        pass\n"


def test_a_principle_may_have_one_finding_a_site() -> None:
    (finding,) = [
        each for each in judge({"shop/a.py": SILENT}).findings if each.rule.startswith("FF")
    ]
    assert (finding.rule, finding.cost) == ("FF01", millionths(3))
    assert "also FF02 bare-except" in finding.detail


def test_with_the_worst_rule_off_the_next_is_found() -> None:
    rubric = load(b'[rules]\noff = ["FF01"]\n')
    (finding,) = [
        each
        for each in judge({"shop/a.py": SILENT}, rubric=rubric).findings
        if each.rule.startswith("FF")
    ]
    assert (finding.rule, finding.cost, finding.detail) == ("FF02", millionths(2), "")


def test_two_sites_may_not_share_a_key() -> None:
    sites = Sites()
    sites.take(Site("one", 5, 2))
    sites.take(Site("two", 7))
    assert (sites.mass, sites.places) == (12, 3)
    with pytest.raises(ValueError, match="'one'"):
        sites.take(Site("one", 1))


@given(st.integers(0, 10**12), st.integers(1, 1_000))
def test_the_shares_of_a_cost_sum_to_it(total: int, parts: int) -> None:
    shares = split(total, parts)
    assert sum(shares) == total
    assert len(shares) == parts
    assert max(shares) - min(shares) <= 1


def test_a_mass_is_rounded_once() -> None:
    assert millionths(2 / 3) == 666_667
    assert millionths(0.25) == 250_000
