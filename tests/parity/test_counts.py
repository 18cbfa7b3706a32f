"""What we count is what a plain count says. Run with -s to see the figures."""

from __future__ import annotations

import sys

from tests.parity.corpora import installed
from tests.parity.counts import counts


def test_figures_are_those_of_a_plain_count() -> None:
    found = list(counts(installed()))
    sys.stdout.write("\n".join(["", *(count.line for count in found), ""]))
    assert [place for count in found for place in count.differing] == []
    assert {count.what for count in found if count.ours < 10} == set()
