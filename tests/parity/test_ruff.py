"""Each site that ruff names is found too, or is exempt by a condition that a rule's page names.

Run with -s to see the counts.
"""

from __future__ import annotations

import sys

import pytest

from scanner.rules.catalogue import RULES
from scanner.rules.pages import read_page
from tests.parity.areas import AREAS
from tests.parity.comparing import UNMEASURED, compare
from tests.parity.corpora import installed
from tests.parity.records import Parity

areas = pytest.mark.parametrize("parity", AREAS, ids=lambda parity: str(parity.name))


@areas
def test_what_ruff_names_is_found_or_exempt(parity: Parity) -> None:
    comparison = compare(installed(), parity)
    sys.stdout.write("\n".join(["", parity.name, *comparison.lines(), ""]))
    assert comparison.unexplained == []
    assert not any(outcome == UNMEASURED for _, outcome in comparison.counts)
    few = {code: comparison.total(code) for code in parity.fewest}
    assert {code for code, count in few.items() if count < parity.fewest[code]} == set(), few


@areas
def test_pages_name_the_conditions(parity: Parity) -> None:
    for exemption in parity.exemptions:
        assert exemption.said in read_page(RULES[exemption.rule].page).finds, exemption.said
