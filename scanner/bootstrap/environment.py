"""What the use cases share: settings, transactions, folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from scanner.application.configuration import Configuration


def configuration() -> Configuration:
    """The engine's settings of this process."""
    found: Configuration = settings.CODEVITALS
    return found


@contextmanager
def atomic() -> Iterator[None]:
    """All writes inside happen, or none."""
    with transaction.atomic():
        yield


def mirror_folder(repository_id: int) -> Path:
    """Everything this machine keeps of one repository: mirror and cache."""
    return configuration().data_dir / "mirrors" / str(repository_id)
