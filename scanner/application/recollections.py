"""What a process remembers of the last verdict on a repository, so that the next judges less.

Facts are kept by blob and verdicts by module, so a scan after a small commit decodes, judges and
resolves what that commit touched. It is memory alone: whatever is lost is worked out again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from scanner.application.assess_tree import AssessedTree
from scanner.application.ports import Facts, FactsCache
from scanner.assessment import Judgement

MOST_MODULES: Final = 1_000  # of all repositories together; some 60 kB each


@dataclass(frozen=True, slots=True)
class Recollection:
    """The facts of a tree by blob, and what was judged of them."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    judgement: Judgement | None = None


def recollection(assessed: AssessedTree, blobs: Mapping[str, str]) -> Recollection:
    """What to remember of a verdict on a tree whose files have these contents."""
    facts = {blobs[path]: each for path, each in assessed.facts.items()}
    return Recollection(facts, assessed.judgement)


class RememberedFacts:
    """A cache whose facts need not be decoded where they are remembered; implements FactsCache."""

    def __init__(self, cache: FactsCache, remembered: Mapping[str, Facts]) -> None:
        self._cache = cache
        self._remembered = remembered

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        """What is known of these blobs; what the cache lost is not."""
        asked = set(blobs)
        held = self._cache.known(asked & self._remembered.keys())
        found = {blob: self._remembered[blob] for blob in held}
        return found | self._cache.get(asked - held)

    def known(self, blobs: Iterable[str]) -> set[str]:
        """Those of these blobs whose facts are here."""
        return self._cache.known(blobs)

    def put(self, facts: Mapping[str, Facts]) -> None:
        """Keep these. Raises UserError as the cache does."""
        self._cache.put(facts)


Key = tuple[int, str]
"""A repository, and the engine whose facts are remembered."""


class Recollections:
    """The last verdicts, within a bound; what was not asked for goes first."""

    def __init__(self, most_modules: int = MOST_MODULES) -> None:
        self._most = most_modules
        self._kept: OrderedDict[Key, Recollection] = OrderedDict()
        self._lock = Lock()

    def take(self, repository_id: int, engine: str) -> Recollection:
        """What is remembered, if anything; it is the caller's alone, who may bring a newer one."""
        with self._lock:
            return self._kept.pop((repository_id, engine), Recollection())

    def keep(self, repository_id: int, engine: str, found: Recollection) -> None:
        """Remember this, unless it is too large, and forget what was used longest ago."""
        if len(found.facts) > self._most:
            return
        with self._lock:
            self._kept[repository_id, engine] = found
            self._kept.move_to_end((repository_id, engine))
            while sum(len(each.facts) for each in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
