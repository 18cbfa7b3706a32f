"""`python -m tests.bench --parity FOLDER...`: our verdicts on real repositories against ruff's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.parity.areas import AREAS
from tests.parity.comparing import compare
from tests.parity.corpora import read_folder


def print_parity(folders: Sequence[str]) -> int:
    """Print the tables of each folder; the number of sites that nothing explains."""
    unexplained = 0
    for folder in folders:
        corpus = read_folder(Path(folder))
        modules = sum(path.endswith(".py") for path in corpus.facts)
        print(f"\n{corpus.name}: {len(corpus.modules):,} of {modules:,} modules measured")
        for parity in AREAS:
            comparison = compare(corpus, parity)
            print("\n".join([parity.name, *comparison.lines()]))
            unexplained += len(comparison.unexplained)
    print(f"\n{unexplained} unexplained")
    return unexplained
