"""Celery's settings: what they are and why; the database is the truth, Redis only wakes workers."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

SOCKET_PATH_BYTES = 100  # the kernel takes 107 on Linux, 103 on macOS


def socket_path(data_dir: Path) -> Path:
    """Where the embedded Redis listens: in the data directory, or in a short path made from it."""
    path = data_dir / "redis" / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"codevitals-{os.getuid()}-{digest}" / "redis.sock"


def broker_url(redis_url: str, data_dir: Path) -> str:
    """The address of the broker: what the settings say, else the embedded Redis."""
    if redis_url:
        return redis_url
    return f"redis+socket://{quote(str(socket_path(data_dir)))}"
