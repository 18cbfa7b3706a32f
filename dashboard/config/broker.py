"""Celery's settings: what they are and why; the database is the truth, Redis only wakes workers."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

SOCKET_PATH_BYTES: Final = 100  # the kernel takes 107 on Linux, 103 on macOS
SCANS: Final = "scans"
ORIGINS: Final = "origins"
PREVIEWS: Final = "previews"
CONTROL: Final = "control"

TICK_SECONDS: Final = 20.0
VISIBILITY_SECONDS: Final = 7_200  # an unacknowledged message is sent again after this time
HARD_LIMIT_SECONDS: Final = 3_600  # a scan ends itself after 50 minutes


def socket_path(data_dir: Path) -> Path:
    """Where the embedded Redis listens: in the data directory, or in a short path made from it."""
    path = data_dir / "redis" / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"codevitals-{os.getuid()}-{digest}" / "redis.sock"


def broker_url(redis_url: str, data_dir: Path) -> str:
    """The address of the broker as Celery writes it: the given one, else the embedded Redis."""
    if redis_url:
        return redis_url.replace("unix://", "redis+socket://", 1)
    return f"redis+socket://{quote(str(socket_path(data_dir)))}"


def celery_settings(url: str) -> dict[str, Any]:
    """Everything that Celery is told.

    Messages hold ids alone and may be lost or doubled: a scan is claimed in the database, and the
    tick sends again what was lost. So workers acknowledge late, take one message at a time, and
    keep no results.
    """
    return {
        "broker_url": url,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": _transport_options(),
        "visibility_timeout": VISIBILITY_SECONDS,
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        "task_acks_late": True,
        "task_default_queue": SCANS,
        "task_routes": {
            "scanner.tick": {"queue": CONTROL},
            "scanner.trace_origins": {"queue": ORIGINS},
            "scanner.preview_rubric": {"queue": PREVIEWS},
            "scanner.compare": {"queue": PREVIEWS},
        },
        "task_time_limit": HARD_LIMIT_SECONDS,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 100,
        "worker_max_memory_per_child": 400_000,  # KiB, looked at after a task
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_soft_shutdown_timeout": 5.0,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "beat_scheduler": "celery.beat:Scheduler",  # in memory: the tick finds what is due itself
        "beat_schedule": {
            "tick": {
                "task": "scanner.tick",
                "schedule": TICK_SECONDS,
                "options": {"queue": CONTROL, "expires": TICK_SECONDS},
            }
        },
        "timezone": "UTC",
        "enable_utc": True,
    }


def _transport_options() -> dict[str, Any]:
    """Without limits of time, a mute Redis would block whoever sends a message."""
    return {
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5.0,
        "socket_connect_timeout": 3.0,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "retry_on_timeout": False,
    }
