"""How the first scan of an instance ended, for whoever waits for it at the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.storage.models import Scan


@dataclass(frozen=True, slots=True)
class ScanEnd:
    """A scan that is over: a score with its grade, or a cause with a next step."""

    repository: str
    score: float | None
    grade: str = ""
    message: str = ""
    next_step: str = ""


def scan_end(scan_id: int) -> ScanEnd | None:
    """None while the scan waits or runs, or when it is gone."""
    scan = Scan.objects.select_related("repository", "snapshot").filter(pk=scan_id).first()
    if scan is None or scan.status in (Scan.Status.QUEUED, Scan.Status.RUNNING):
        return None
    name = scan.repository.name
    if scan.snapshot is None:
        return ScanEnd(name, None, message=scan.error_message, next_step=scan.error_next_step)
    return ScanEnd(name, scan.snapshot.score, scan.snapshot.grade)
