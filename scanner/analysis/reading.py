"""One read of many blobs: lanes are fed and drained together, and replaced when they die."""

from __future__ import annotations

import json
import logging
import selectors
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from scanner.analysis.extraction import MISSING, facts_of
from scanner.analysis.harvest import Harvest
from scanner.analysis.lane import UNREADABLE, Lane
from scanner.application.configuration import Limits
from scanner.application.ports import BlobSource, Facts
from scanner.child.source import count_lines
from scanner.domain.errors import UserError
from scanner.domain.facts import Unmeasured
from scanner.domain.revisions import TreeEntry

GAVE_UP: Final = "not tried, since the parser failed too often here"
MOST_LOST: Final = 50
_WINDOW: Final = 16
_OVERDUE: Final = 3  # wall clock, in units of the CPU seconds for one module
_BYTES_A_LINE: Final = 35  # of a file that nobody can read

logger = logging.getLogger(__name__)


class Reading:
    """The lanes of one read."""

    def __init__(
        self, source: BlobSource, command: Sequence[str], folder: str, limits: Limits
    ) -> None:
        self._source = source
        self._command = command
        self._folder = folder
        self._limits = limits
        self._waiting: deque[TreeEntry] = deque()
        self._lanes: set[Lane] = set()
        self._lost = 0

    def run(self, entries: Sequence[TreeEntry], lanes: int, harvest: Harvest) -> None:
        """Bring in the facts of these blobs. Nothing that was started outlives this call."""
        self._waiting.extend(entries)
        with selectors.DefaultSelector() as selector:
            try:
                window = max(1, min(_WINDOW, len(entries) // (2 * lanes)))
                for _ in range(lanes):
                    self._open(selector, window)
                while self._lanes:
                    self._turn(selector, harvest)
            finally:
                for lane in self._lanes:
                    lane.close()

    def _open(self, selector: selectors.BaseSelector, window: int) -> None:
        patience = _OVERDUE * self._limits.parse_seconds
        lane = Lane(self._source, self._command, self._folder, patience, window)
        self._lanes.add(lane)
        selector.register(lane.child, selectors.EVENT_READ, lane)
        lane.ask(self._waiting)

    def _turn(self, selector: selectors.BaseSelector, harvest: Harvest) -> None:
        """Serve the lanes with news, then bury those whose time is over."""
        served = set()
        for key, _ in selector.select(min(lane.seconds_left for lane in self._lanes)):
            served.add(key.data)
            self._serve(key.data, selector, harvest)
        for lane in self._lanes - served:
            if lane.seconds_left == 0.0:
                self._bury(lane, selector, harvest, is_overdue=True)

    def _serve(self, lane: Lane, selector: selectors.BaseSelector, harvest: Harvest) -> None:
        lines = lane.lines()
        if lines is None or not self._take(lane, lines, harvest):
            self._bury(lane, selector, harvest, is_overdue=False)
            return
        lane.ask(self._waiting)
        if lane.is_idle:
            self._leave(lane, selector)
            lane.close()

    def _take(self, lane: Lane, lines: Sequence[bytes], harvest: Harvest) -> bool:
        """Harvest answers; False when one makes no sense, and the child is not to be trusted."""
        for line in lines:
            entry = lane.under_way
            facts = _facts(line)
            if entry is None or facts is None:
                lane.child.kill()
                return False
            if isinstance(facts, Unmeasured) and facts.reason == MISSING:
                facts = facts._replace(lines=_estimated_lines(entry))
            harvest.add(entry.blob, facts)
            lane.answered()
        return True

    def _leave(self, lane: Lane, selector: selectors.BaseSelector) -> None:
        selector.unregister(lane.child)
        self._lanes.discard(lane)

    def _bury(
        self, lane: Lane, selector: selectors.BaseSelector, harvest: Harvest, *, is_overdue: bool
    ) -> None:
        """The file under way is lost, and only that one; the rest goes to another lane."""
        self._leave(lane, selector)
        reason, under_way = lane.end(is_overdue)
        if not lane.is_ready:
            raise UserError(
                "analysis.child",
                "The analysis process did not start.",
                "Ask the operator to run the interpreter in CODEVITALS_INTERPRETER by hand.",
            )
        if not under_way:
            return
        lost, *rest = under_way
        self._lost += 1
        logger.warning("an analysis process ended on blob %s: %s", lost.blob, reason)
        harvest.add(lost.blob, Unmeasured(reason, None, self._lines(lost, reason)))
        self._waiting.extendleft(reversed(rest))
        if self._lost >= MOST_LOST:
            self._give_up(self._waiting, harvest)
        elif self._waiting:
            self._open(selector, _WINDOW)

    def _give_up(self, entries: Iterable[TreeEntry], harvest: Harvest) -> None:
        for entry in entries:
            harvest.add(entry.blob, Unmeasured(GAVE_UP, None, self._lines(entry, GAVE_UP)))
        self._waiting.clear()

    def _lines(self, entry: TreeEntry, reason: str) -> int:
        """Physical lines of a file that was lost; an estimate where it cannot be read at all."""
        if reason == UNREADABLE:
            return _estimated_lines(entry)
        try:
            content = self._source.read(entry, self._limits.module_bytes)
        except UserError:
            content = b""
        return count_lines(content) if content else _estimated_lines(entry)


def _facts(line: bytes) -> Facts | None:
    try:
        return facts_of(json.loads(line))
    except (TypeError, ValueError, LookupError, RecursionError):
        return None


def _estimated_lines(entry: TreeEntry) -> int:
    return -(-entry.size // _BYTES_A_LINE)
