"""The use case of demonstrations: no broker, this process works."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from scanner.application.demonstrating import Demonstration
from scanner.application.registration import (
    Registration,
    RegistrationRequest,
    RegistrationStores,
)
from scanner.bootstrap.comparisons import comparisons
from scanner.bootstrap.environment import atomic, configuration
from scanner.bootstrap.keeping import labelling, removal
from scanner.bootstrap.pasts import backfilling
from scanner.bootstrap.policy import SettledPolicy
from scanner.bootstrap.secrets import vault
from scanner.bootstrap.tracing import tracing
from scanner.bootstrap.working import scanning
from scanner.domain.errors import UserError
from scanner.storage.clock import database_clock
from scanner.storage.demonstrations import Demonstrations
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.scans import Queue

BRANCH: Final = "main"
LONGEST: Final = timedelta(minutes=2)  # for one scan, should a worker have taken it
_ROUND: Final = 0.05  # seconds between two looks at it


def demonstration(folder: Path) -> Demonstration:
    """Seeds repositories that lie in a folder."""
    return Demonstration(Demonstrations(), _HereAndNow(), folder)


class _HereAndNow:
    """Implements DemonstrationEngine; nobody is woken, and whoever takes the work may do it."""

    def __init__(self) -> None:
        self._queue = Queue()

    def register(self, team_id: int, name: str, path: Path) -> tuple[int, int]:
        """The ids of the new repository and of its first scan, which waits. Raises UserError."""
        written = RegistrationStores(Repositories(), Credentials(), self._queue, atomic)
        policy = SettledPolicy(configuration())
        use_case = Registration(policy, vault(), written, lambda scan_id: None, database_clock)
        request = RegistrationRequest(
            team_id, str(path), name=name, branch=BRANCH, may_use_paths=True
        )
        registered = use_case.register(request)
        return registered.repository.id, registered.scan_id

    def request(self, repository_id: int) -> int:
        """The id of a scan that waits."""
        return self._queue.add(repository_id, "scheduled").id

    def scan(self, scan_id: int) -> None:
        """Bring a scan to its end, good or bad."""
        self._bring(scan_id, scanning().run)

    def backfill(self, repository_id: int) -> None:
        """Read the whole past, who brought what, and what the last scan changed."""
        waiting = self._queue.add(repository_id, "following", "backfill")
        self._bring(waiting.id, backfilling().run)
        tracing().run(repository_id)
        comparing = comparisons(lambda number: None)
        number = comparing.follow(repository_id)
        if number is not None:
            comparing.run(number)

    def label(self, repository_id: int, labels: Sequence[str]) -> None:
        """Give it labels."""
        labelling().label(repository_id, ", ".join(labels))

    def remove(self, repository_id: int) -> None:
        """Forget a repository."""
        removal().remove(repository_id)

    def _bring(self, scan_id: int, run: Callable[[int], None]) -> None:
        """A worker may have taken it, and a backfill gives way: so until it is over."""
        deadline = time.monotonic() + LONGEST.total_seconds()
        run(scan_id)
        while not self._queue.is_over(scan_id):
            if time.monotonic() > deadline:
                raise UserError(
                    "demo.slow",
                    "A scan of the demonstration did not come to its end.",
                    "manage.py demo --remove clears up; then try again.",
                )
            time.sleep(_ROUND)
            run(scan_id)
