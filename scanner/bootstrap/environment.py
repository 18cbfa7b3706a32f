"""What the use cases share: settings, transactions, folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from scanner.application.configuration import Configuration
from scanner.cache.guard import Guard
from scanner.domain.errors import UserError


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


def cache_file(repository_id: int) -> Path:
    """The facts and figures of one repository, beside its mirror."""
    return mirror_folder(repository_id) / "cache.sqlite3"


def use_guard(repository_id: int) -> Guard:
    """Shared by whoever reads or writes mirror and cache; held alone by whoever drops them."""
    return Guard(mirror_folder(repository_id) / "in-use")


@contextmanager
def used(repository_id: int) -> Iterator[None]:
    """Nothing of the repository is dropped meanwhile. Raises UserError."""
    guard = use_guard(repository_id)
    with ExitStack() as stack:
        try:
            stack.enter_context(guard.shared())
        except OSError as error:
            raise UserError(
                "data.unusable",
                f"The folder {guard.path.parent} cannot be written.",
                "Let the user of web server and workers own the data directory.",
                str(error),
            ) from error
        yield
