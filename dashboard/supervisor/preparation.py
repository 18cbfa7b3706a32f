"""What a start makes ready: tables and static files, each only when something has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dashboard.config.environment import HOME, Environment
from dashboard.supervisor.checks import NO_SPACE, disk_full
from scanner.domain.errors import UserError

STAMP = ".collected"
OWN_APP = "scanner"


def prepare(environment: Environment) -> None:
    """Bring the database up to date and collect static files.

    Raises UserError when database or disk do not allow it.
    """
    with outages_in_words(environment):
        _migrate()
        _collect(Path(settings.STATIC_ROOT))


@contextmanager
def outages_in_words(environment: Environment) -> Iterator[None]:
    """Turn an outage of database or disk into a UserError; a bug stays what it is."""
    try:
        yield
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
        if "disk is full" in reason:
            raise disk_full(environment.data_dir) from error
        name = (
            "of CODEVITALS_DATABASE_URL"
            if environment.database_url.get_secret_value()
            else f"in {environment.data_dir}"
        )
        raise UserError(
            "start.database", f"The database {name} cannot be used: {reason}.", ""
        ) from error
    except OSError as error:
        if error.errno is None:
            raise
        if error.errno in NO_SPACE:
            raise disk_full(environment.data_dir) from error
        raise UserError(
            "start.files", f"{error.filename} cannot be used: {error.strerror}.", ""
        ) from error


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = {name for label, name in loader.applied_migrations if label == OWN_APP}
    known = {name for label, name in loader.disk_migrations if label == OWN_APP}
    if newer := sorted(applied - known):
        raise UserError(
            "start.newer",
            f"The database was written by a newer Codevitals (it has {newer[0]}): use that one,"
            " or restore a backup from before the upgrade.",
            "",
        )
    if executor.migration_plan(loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _collect(target: Path) -> None:
    """Collect static files unless nothing has changed since they were collected last."""
    stamp = target / STAMP
    wanted = _state_of_static_files()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def _state_of_static_files() -> str:
    digest = hashlib.sha256(str(HOME).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
