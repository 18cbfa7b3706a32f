"""Compare a corpus with ruff in one area, and write the table of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scanner.rules.offences import Offence
from tests.parity.corpora import Corpus
from tests.parity.records import Parity, Site
from tests.parity.ruff import ruff_sites

FOUND = "found"
UNMEASURED = "module not measured"
UNEXPLAINED = "UNEXPLAINED"
Offences = Mapping[str, Mapping[str, Sequence[Offence]]]


@dataclass(slots=True)
class Comparison:
    """How many sites of each code were found, exempt by which condition, or neither."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    unexplained: list[Site] = field(default_factory=list)

    def total(self, code: str) -> int:
        """All sites of a code."""
        return sum(count for (named, _), count in self.counts.items() if named == code)

    def lines(self) -> Iterator[str]:
        """The table, and the sites that nothing explains."""
        for (code, outcome), count in sorted(self.counts.items()):
            yield f"{code:8}{outcome:70}{count:6}"
        for site in self.unexplained:
            yield f"  {site.path}:{site.line}: {site.code} {site.message}"


def compare(corpus: Corpus, parity: Parity) -> Comparison:
    """Hold each site that ruff names against our findings."""
    rules = {rule for rules in parity.codes.values() for rule in rules}
    found = {rule: corpus.found(rule) for rule in rules}
    comparison = Comparison()
    for site in ruff_sites(corpus.folder, corpus.names, tuple(parity.codes), parity.options):
        outcome = _outcome(corpus, parity, found, site)
        comparison.counts[site.code, outcome] += 1
        if outcome == UNEXPLAINED:
            comparison.unexplained.append(site)
    return comparison


def _outcome(corpus: Corpus, parity: Parity, found: Offences, site: Site) -> str:
    context = corpus.contexts.get(site.path)
    if context is None:
        return UNMEASURED
    for rule in parity.codes[site.code]:
        if any(parity.finds(context, item, site) for item in found[rule].get(site.path, ())):
            return FOUND
    for exemption in parity.exemptions:
        if exemption.holds(context, site):
            return f"{exemption.rule}: {exemption.said}"
    return UNEXPLAINED
