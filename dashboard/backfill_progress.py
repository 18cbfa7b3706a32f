"""A backfill in words: its phases, its points, and about how long it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.queries.scans import ScanView

MEGABYTE: Final = 1_000_000
FEW: Final = 20  # points that tell nothing of the time for the others
CANCELLED: Final = "backfill.cancelled"
PHASES: Final = {
    "fetch": ("Open", "the chain of first parents, and its tags"),
    "facts": ("Parse", "modules that no scan has read, while their commits are judged"),
    "points": ("Points", "newest first, each by the rubric of today"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A phase in words. `share` is a percentage, None when it is not known."""

    key: str
    title: str
    detail: str
    share: int | None


def steps(scan: ScanView) -> tuple[Step, ...]:
    """The phases of a backfill with what is known of each."""
    details = {"facts": _parsed(scan), "points": _points(scan)}
    shares = {"facts": _part(scan.done, scan.total), "points": share(scan)}
    return tuple(
        Step(key, title, details.get(key) or plain, shares.get(key))
        for key, (title, plain) in PHASES.items()
    )


def phase_of(scan: ScanView) -> str:
    """The phase of PHASES that it is in; "" before the first."""
    if scan.phase == "facts" and scan.points_total and scan.done >= scan.total:
        return "points"
    return {"judge": "points", "tree": "fetch"}.get(scan.phase, scan.phase)


def share(scan: ScanView) -> int | None:
    """The percentage of points that are stored."""
    return _part(scan.points, scan.points_total)


def sentence(scan: ScanView, now: datetime) -> str:
    """Where it stands."""
    done = f"{scan.points:,} of {_count(scan.points_total)}"
    if scan.status == "queued":
        return f"Other scans go first; {done} are stored." if scan.points else WAITING
    if scan.status == "done":
        return f"The past is read: {_count(scan.points_total)}."
    if scan.status == "failed":
        if scan.failure and scan.failure.code == CANCELLED:
            return f"Cancelled; {done} are stored."
        return (scan.failure.message if scan.failure else "") or "The backfill failed."
    if not scan.points_total:
        return "Reading the past: opening it."
    return f"Reading the past: {done}{_left(scan, now)}."


WAITING: Final = "The past waits to be read."


def lasting(seconds: float) -> str:
    """About how long something goes on, rounded so that it promises little."""
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minute{'' if minutes == 1 else 's'}"
    return f"about {round(minutes / 60):,} hours"


def _left(scan: ScanView, now: datetime) -> str:
    """About how long it goes on, by what this attempt took so far of its points and bytes."""
    brought = scan.points - scan.points_before
    if brought < FEW or scan.begun_at is None:
        return ""
    left = (scan.points_total - scan.points) / brought
    if scan.phase == "facts" and scan.done:
        left = max(left, (scan.total - scan.done) / scan.done)
    return f", {lasting((now - scan.begun_at).total_seconds() * left)} left"


def _parsed(scan: ScanView) -> str:
    if scan.status != "running" or scan.phase != "facts" or not scan.total:
        return ""
    return f"{scan.done / MEGABYTE:,.1f} of {scan.total / MEGABYTE:,.1f} MB"


def _points(scan: ScanView) -> str:
    return f"{scan.points:,} of {scan.points_total:,}" if scan.points_total else ""


def _count(points: int) -> str:
    return "1 point" if points == 1 else f"{points:,} points"


def _part(done: int, total: int) -> int | None:
    return min(100, done * 100 // total) if total else None
