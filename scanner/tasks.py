"""Celery entry points: a few lines each, ids as arguments."""

from __future__ import annotations

from celery import shared_task

from scanner import bootstrap
from scanner.waking import COMPARE, PREVIEW_RUBRIC, RUN_SCAN, TRACE_ORIGINS


@shared_task(name=RUN_SCAN)
def run_scan(scan_id: int) -> None:
    """Bring one queued scan or backfill on. Safe to run twice: only one run can claim it."""
    bootstrap.work(scan_id)
    bootstrap.tracing_upkeep().begin()


@shared_task(name=TRACE_ORIGINS)
def trace_origins(repository_id: int) -> None:
    """Look up where findings come from, for a while. Safe to run twice: only one has the turn."""
    bootstrap.tracing().run(repository_id)


@shared_task(name=PREVIEW_RUBRIC)
def preview_rubric(preview_id: int) -> None:
    """Tell what a rubric would do. Safe to run twice: only one run can claim it."""
    bootstrap.previews().run(preview_id)


@shared_task(name=COMPARE)
def compare(comparison_id: int) -> None:
    """Judge two points side by side. Safe to run twice: only one run can claim it."""
    bootstrap.comparisons().run(comparison_id)


@shared_task(name="scanner.tick", acks_late=False, time_limit=60)
def tick() -> None:
    """Start what is due, take leases from silent workers, send again what was lost, tidy up."""
    bootstrap.clockwork().tick()
    bootstrap.tracing_upkeep().tick()
    bootstrap.upgrading().tick()
    bootstrap.thinning().tick()
    bootstrap.portfolio_upkeep().tick()
