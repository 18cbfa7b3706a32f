"""What a read has brought in: facts by blob, kept in batches, with progress now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from scanner.application.ports import Facts, Progress
from scanner.child import reasons
from scanner.domain.facts import Unmeasured

_BATCH: Final = 250
_REPORT_SECONDS: Final = 0.25
_CERTAIN: Final = frozenset({reasons.SYNTAX, reasons.ENCODING, reasons.NUL, reasons.NESTED})
_NO_BETTER: Final = frozenset({reasons.SYNTAX, reasons.ENCODING})
_TOO_LARGE: Final = "over "


class Harvest:
    """Collects facts. What may come out otherwise another time is never kept.

    What the parser takes for a syntax error may be newer syntax. It is put aside, and has the last
    word only where rewriting says nothing better.
    """

    def __init__(
        self,
        total: int,
        report: Progress,
        keep: Callable[[Mapping[str, Facts]], None] | None,
    ) -> None:
        self.facts: dict[str, Facts] = {}
        self.doubtful: dict[str, Unmeasured] = {}  # what did not parse, until it is rewritten
        self._total = total
        self._report = report
        self._keep = keep
        self._batch: dict[str, Facts] = {}
        self._reported = time.monotonic()
        report("facts", 0, total)

    def add(self, blob: str, facts: Facts) -> None:
        """One blob is done, or did not parse."""
        if isinstance(facts, Unmeasured):
            first = self.doubtful.pop(blob, None)
            if first is None and facts.reason == reasons.SYNTAX:
                self.doubtful[blob] = facts
                return
            if first is not None and facts.reason in _NO_BETTER:
                facts = first
        self.facts[blob] = facts
        if _is_certain(facts):
            self._batch[blob] = facts
        if len(self._batch) >= _BATCH:
            self._flush()
        if time.monotonic() - self._reported >= _REPORT_SECONDS and not self._is_whole:
            self._reported = time.monotonic()
            self._report("facts", len(self.facts), self._total)

    def finish(self) -> None:
        """Everything is in."""
        self._flush()
        self._report("facts", len(self.facts), self._total)

    @property
    def _is_whole(self) -> bool:
        """Whether nothing is left to add; that is for `finish` to report."""
        return len(self.facts) == self._total

    def _flush(self) -> None:
        if self._keep is not None and self._batch:
            self._keep(self._batch)
        self._batch = {}


def _is_certain(facts: Facts) -> bool:
    """Whether the same bytes say the same to the same parser: no crash, no lack of time."""
    if not isinstance(facts, Unmeasured):
        return True
    return facts.reason in _CERTAIN or facts.reason.startswith(_TOO_LARGE)
