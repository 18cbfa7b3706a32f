"""Tells workers what waits for them over the broker, after the transaction is committed."""

from __future__ import annotations

import logging
from functools import partial
from typing import Final

from celery import current_app
from django.db import transaction
from kombu.connection import Connection
from kombu.exceptions import OperationalError

from scanner.storage.clock import database_clock
from scanner.storage.scans import Queue
from scanner.storage.tracings import Tracings

RUN_SCAN: Final = "scanner.run_scan"
TRACE_ORIGINS: Final = "scanner.trace_origins"
PREVIEW_RUBRIC: Final = "scanner.preview_rubric"
COMPARE: Final = "scanner.compare"
SCANS: Final = "scans"
ORIGINS: Final = "origins"
PREVIEWS: Final = "previews"
PATIENCE: Final = 2.0  # seconds; whoever asks for a scan waits on a page

logger = logging.getLogger(__name__)


def wake(scan_id: int) -> None:
    """Send a message once the transaction is committed; the tick sends again what is lost."""
    transaction.on_commit(partial(_send_scan, scan_id), robust=True)


def wake_tracing(repository_id: int) -> None:
    """The same for findings of a repository whose origins are to be looked up."""
    transaction.on_commit(partial(_send_tracing, repository_id), robust=True)


def wake_preview(preview_id: int) -> None:
    """The same for somebody who waits before a rubric that is not saved."""
    transaction.on_commit(partial(_send_preview, preview_id), robust=True)


def wake_comparison(comparison_id: int) -> None:
    """The same for two points that somebody waits for; the page sends again what is lost."""
    transaction.on_commit(partial(_send_comparison, comparison_id), robust=True)


def messages() -> int:
    """How many messages of scans the broker holds. Raises OperationalError when it is away."""
    return _count(SCANS)


def tracing_messages() -> int:
    """How many messages the broker holds that ask for origins. Raises as `messages` does."""
    return _count(ORIGINS)


def _count(queue: str) -> int:
    with _connection() as connection:
        count: int = connection.default_channel.queue_declare(queue).message_count
        return count


def _send_scan(scan_id: int) -> None:
    if _send(RUN_SCAN, SCANS, scan_id):
        Queue().sent(scan_id, database_clock())
    else:
        logger.warning("the broker is away; the scan waits", extra={"scan_id": scan_id})


def _send_tracing(repository_id: int) -> None:
    if _send(TRACE_ORIGINS, ORIGINS, repository_id):
        Tracings(database_clock).sent(repository_id, database_clock())
    else:
        logger.warning("the broker is away; the origins of findings wait")


def _send_preview(preview_id: int) -> None:
    if not _send(PREVIEW_RUBRIC, PREVIEWS, preview_id):
        logger.warning("the broker is away; the preview of a rubric waits")


def _send_comparison(comparison_id: int) -> None:
    if not _send(COMPARE, PREVIEWS, comparison_id):
        logger.warning("the broker is away; the comparison of two points waits")


def _send(task: str, queue: str, number: int) -> bool:
    """Whether the broker took the message."""
    try:
        with _connection() as connection:
            current_app.send_task(
                task, args=[number], queue=queue, connection=connection, retry=False
            )
    except OperationalError:
        return False
    return True


def _connection() -> Connection:
    """A connection of its own: a mute broker must not hold a page, nor spoil a shared one."""
    connection: Connection = current_app.connection_for_write(
        connect_timeout=PATIENCE,
        transport_options={
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "connect_retries_timeout": PATIENCE,
        },
    )
    return connection
