"""Ask for a scan; whoever asks while one waits gets that one."""

from __future__ import annotations

from scanner.application.records import RequestedScan, Trigger
from scanner.application.stores import Atomic, RepositoryStore, ScanQueue, Wake


class ScanRequests:
    """The use case behind the button, the API, the webhook and the schedule."""

    def __init__(
        self, repositories: RepositoryStore, queue: ScanQueue, atomic: Atomic, wake: Wake
    ) -> None:
        self._repositories = repositories
        self._queue = queue
        self._atomic = atomic
        self._wake = wake

    def request(
        self, repository_id: int, trigger: Trigger = "requested", *, prompt: bool = True
    ) -> RequestedScan:
        """The queued scan of this repository, made if there is none.

        While another scan runs, the queued one waits for its end. Unless it is `prompt`, workers
        hear of it with the next tick. Raises UserError "repository.gone".
        """
        with self._atomic():
            self._repositories.get(repository_id)
            scan = self._queue.add(repository_id, trigger)
            if scan.is_new and prompt:
                self._wake(scan.id)
        return scan
