"""A scan in words: its phases, how far it is, and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard import backfill_progress
from dashboard.queries.scans import ScanView

PHASES: Final = {
    "fetch": ("Fetch", "one ref into the bare mirror", "Fetching the branch"),
    "tree": ("Tree", "paths and sizes of the commit", "Reading the tree"),
    "facts": ("Facts", "each unique module parsed once", "Reading facts"),
    "judge": ("Judge", "every rule over the facts", "Judging"),
    "save": ("Save", "snapshot, files, findings", "Saving the verdict"),
}
TRIGGERS: Final = {
    "registered": "on registration",
    "requested": "on request",
    "scheduled": "by schedule",
    "rubric": "after a change of the rubric",
    "following": "after a scan",
    "engine": "after an upgrade",
}
WAITING_LONG: Final = 60.0  # seconds in the queue after which a worker is probably missing
SILENT_LONG: Final = 45.0  # seconds without a heartbeat after which a worker is probably gone


@dataclass(frozen=True, slots=True)
class Phase:
    """One line of the list. `share` is a percentage, None when it is not known."""

    title: str
    state: str  # "done" | "now" | "todo" | "fail"
    detail: str
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page of a scan says."""

    scan: ScanView
    phases: tuple[Phase, ...]
    share: int | None
    sentence: str
    seconds: float
    is_stuck: bool  # waiting or silent for too long
    is_cancelled: bool = False


def progress_of(scan: ScanView, now: datetime) -> Progress:
    """The words for a scan at a moment."""
    if scan.is_backfill:
        return _backfill(scan, now)
    share = _share(scan) if scan.status == "running" else None
    return Progress(
        scan=scan,
        phases=(_queued(scan), *_phases(scan, share)),
        share=share,
        sentence=_sentence(scan),
        seconds=scan.seconds(now),
        is_stuck=_is_stuck(scan, now),
    )


def _backfill(scan: ScanView, now: datetime) -> Progress:
    cancelled = scan.failure is not None and scan.failure.code == backfill_progress.CANCELLED
    return Progress(
        scan=scan,
        phases=(_queued(scan), *_past_phases(scan)),
        share=backfill_progress.share(scan),
        sentence=backfill_progress.sentence(scan, now),
        seconds=scan.seconds(now),
        is_stuck=_is_stuck(scan, now),
        is_cancelled=cancelled,
    )


def _past_phases(scan: ScanView) -> list[Phase]:
    found = backfill_progress.steps(scan)
    keys = [step.key for step in found]
    phase = backfill_progress.phase_of(scan)
    at = keys.index(phase) if phase in keys else -1
    phases = []
    for index, step in enumerate(found):
        state = _state(scan, index, at)
        if step.key == "points" and phase == "facts" and state == "todo" and scan.points_total:
            state = "now"  # what is parsed is judged meanwhile
        is_told = state == "now" or (step.key == "points" and scan.is_live)
        phases.append(Phase(step.title, state, step.detail, step.share if is_told else None))
    return phases


def _queued(scan: ScanView) -> Phase:
    state = "now" if scan.status == "queued" else "done"
    detail = TRIGGERS.get(scan.trigger, scan.trigger)
    if scan.attempt > 1:
        detail += f", attempt {scan.attempt}"
    return Phase("Queued", state, detail)


def _phases(scan: ScanView, share: int | None) -> list[Phase]:
    keys = list(PHASES)
    at = keys.index(scan.phase) if scan.phase in PHASES else -1
    found = []
    for index, key in enumerate(keys):
        state = _state(scan, index, at)
        is_now = state == "now"
        detail = _detail(scan, key) if state in {"now", "done"} else PHASES[key][1]
        found.append(Phase(PHASES[key][0], state, detail, share if is_now else None))
    return found


def _state(scan: ScanView, index: int, at: int) -> str:
    if scan.status == "done" or index < at:
        return "done"
    if scan.status == "failed":
        return "fail" if index == max(at, 0) else "todo"
    if scan.status == "running":
        return "now" if index == max(at, 0) else "todo"
    return "todo"


def _detail(scan: ScanView, key: str) -> str:
    if scan.status == "running" and key == scan.phase and scan.total:
        return f"{scan.done:,} of {scan.total:,}{' modules' if key == 'facts' else ''}"
    if scan.status == "done" and scan.outcome:
        return _done_detail(scan, key)
    return PHASES[key][1]


def _done_detail(scan: ScanView, key: str) -> str:
    outcome = scan.outcome
    if outcome is None:
        return PHASES[key][1]
    if key == "facts":
        modules = "module" if scan.parsed == 1 else "modules"
        return f"{scan.parsed:,} {modules} parsed" if scan.parsed else "all modules were known"
    told = {
        "fetch": f"commit {outcome.commit[:8]}",
        "tree": f"{outcome.modules:,} modules in scope",
        "judge": f"{outcome.lines:,} lines",
        "save": f"{outcome.new_findings:,} new, {outcome.fixed_findings:,} fixed",
    }
    return told[key]


def _share(scan: ScanView) -> int | None:
    return min(100, scan.done * 100 // scan.total) if scan.total else None


def _sentence(scan: ScanView) -> str:
    if scan.status == "queued":
        return "Waiting for a worker." if scan.attempt == 0 else "Waiting for another try."
    if scan.status == "failed":
        return (scan.failure.message if scan.failure else "") or "The scan failed."
    if scan.status == "done":
        return "Done."
    doing = PHASES[scan.phase][2] if scan.phase in PHASES else "Starting"
    if scan.phase == "facts" and scan.total:
        return f"{doing}: {scan.done:,} of {scan.total:,} modules."
    return f"{doing}."


def _is_stuck(scan: ScanView, now: datetime) -> bool:
    if scan.status == "queued":
        return (now - scan.created_at).total_seconds() > WAITING_LONG
    heard = scan.heartbeat_at or scan.started_at
    if scan.status != "running" or heard is None:
        return False
    return (now - heard).total_seconds() > SILENT_LONG
