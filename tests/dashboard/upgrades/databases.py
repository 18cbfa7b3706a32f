"""An empty database beside that of the tests, as it was after any migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

APP = "scanner"


@contextmanager
def empty_database(folder: Path) -> Iterator[None]:
    """Another database while it lasts; outside of transactions."""
    settled = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = _made(folder)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settled


def migrated(state: str) -> Apps:
    """Migrate to a state of our own tables, or to the newest with ""; the models of that state."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    targets = [(app, state if state and app == APP else name) for app, name in newest]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _made(folder: Path) -> str:
    """The name of a new database: a file, or one of the server, which goes with the run."""
    if connection.vendor != "postgresql":
        return str(folder / "upgrade.sqlite3")
    given = connection.settings_dict
    name = f"upgrade_{folder.name.replace('-', '_').lower()}"[:60]
    with psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return name
