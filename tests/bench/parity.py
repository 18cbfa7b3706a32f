"""`python -m tests.bench --parity FOLDER...`: our verdicts on real repositories against ruff's.

Our figures are held against plain counts as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.parity.areas import AREAS
from tests.parity.comparing import compare
from tests.parity.corpora import read_folder
from tests.parity.counts import counts


def print_parity(folders: Sequence[str]) -> int:
    """Print the tables of each folder; how many sites nothing explains, and figures that differ."""
    unexplained = 0
    for folder in folders:
        corpus = read_folder(Path(folder))
        modules = sum(path.endswith(".py") for path in corpus.facts)
        print(f"\n{corpus.name}: {len(corpus.modules):,} of {modules:,} modules measured")
        for parity in AREAS:
            comparison = compare(corpus, parity)
            print("\n".join([parity.name, *comparison.lines()]))
            unexplained += len(comparison.unexplained)
        for count in counts(corpus):
            print("\n  ".join([count.line, *count.differing]))
            unexplained += len(count.differing)
    print(f"\n{unexplained} unexplained or different")
    return unexplained
