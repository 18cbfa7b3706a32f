"""Work that a page begins and need not wait for: a thread for each thing that is brought."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Final

from scanner.domain.errors import UserError

PATIENCE: Final = 5.0  # seconds that a page waits; most repositories are here by then
REMEMBERED: Final = 60.0  # seconds for which an errand that failed is not begun again
MOST: Final = 2  # errands at once in one process

FETCHING: Final = UserError(
    "file.fetching",
    "This machine is fetching the repository, to show its source.",
    "Load the page again in a moment.",
)
CROWDED: Final = UserError(
    "file.crowded",
    "This machine is fetching other repositories just now.",
    "Load the page again in a minute.",
)
FAULT: Final = UserError(
    "file.fault",
    "The repository could not be brought to this machine; the fault is ours.",
    "Ask the operator to look at the log of the web server.",
)
logger = logging.getLogger(__name__)


class _Errand:
    """One thread, and how it ended."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self.problem: UserError | None = None
        self.ended_at: float | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except UserError as error:
            self.problem = error
        except Exception:
            logger.exception("an errand broke off")
            self.problem = FAULT
        finally:
            self.ended_at = monotonic()

    @property
    def is_over(self) -> bool:
        """Whether another one may begin."""
        if self.ended_at is None:
            return False
        return self.problem is None or monotonic() - self.ended_at > REMEMBERED


class Errands:
    """The errands of this process, one a key."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._errands: dict[int, _Errand] = {}

    def run(self, key: int, work: Callable[[], None]) -> None:
        """Do it, or go on waiting for it; returns once it is done.

        Raises FETCHING when that takes long, CROWDED when there are too many, and what the work
        raised, for a minute after it did.
        """
        errand = self._errand(key, work)
        errand.thread.join(self._patience)
        if errand.ended_at is None:
            raise FETCHING
        if errand.problem is not None:
            raise errand.problem

    def _errand(self, key: int, work: Callable[[], None]) -> _Errand:
        with self._lock:
            for other in [each for each, errand in self._errands.items() if errand.is_over]:
                del self._errands[other]
            if key not in self._errands:
                if sum(errand.ended_at is None for errand in self._errands.values()) >= MOST:
                    raise CROWDED
                self._errands[key] = _Errand(work)
            return self._errands[key]
