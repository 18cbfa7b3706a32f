"""Tells workers of queued scans over the broker, after the transaction is committed."""

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

RUN_SCAN: Final = "scanner.run_scan"
SCANS: Final = "scans"
PATIENCE: Final = 2.0  # seconds; whoever asks for a scan waits on a page

logger = logging.getLogger(__name__)


def wake(scan_id: int) -> None:
    """Send a message once the transaction is committed; the tick sends again what is lost."""
    transaction.on_commit(partial(_send, scan_id), robust=True)


def messages() -> int:
    """How many messages of scans the broker holds. Raises OperationalError when it is away."""
    with _connection() as connection:
        count: int = connection.default_channel.queue_declare(SCANS).message_count
        return count


def _send(scan_id: int) -> None:
    try:
        with _connection() as connection:
            current_app.send_task(
                RUN_SCAN, args=[scan_id], queue=SCANS, connection=connection, retry=False
            )
    except OperationalError:
        logger.warning("the broker is away; the scan waits", extra={"scan_id": scan_id})
        return
    Queue().sent(scan_id, database_clock())


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
