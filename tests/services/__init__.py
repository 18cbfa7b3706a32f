"""The pytest plugin that gives the tests their real parts.

pytest-django reads the settings before any conftest, so this is loaded with `-p tests.services`
and sets the environment when it is imported: a data directory of this run, and a database. A run
uses SQLite, or with CODEVITALS_TEST_DATABASE=postgresql a PostgreSQL server of its own, and then
leaves out what touches no database, or only with a browser or the worker of the run. The tests
use the database of the settings itself, so that a worker started beside them sees the same rows.
Redis, the worker and the rest start when the first test asks, and stop with the run.

Every module of this package is loaded as a plugin, so none may import models at its top.
"""

from __future__ import annotations

import atexit
import os
import pkgutil
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.services.postgres import PostgresServer

FOLDER = Path(tempfile.mkdtemp(prefix="codevitals-tests-"))
atexit.register(shutil.rmtree, FOLDER, True)
os.environ["CODEVITALS_DATA_DIR"] = str(FOLDER / "data")
os.environ["CODEVITALS_REDIS_URL"] = ""
os.environ["CODEVITALS_DATABASE_URL"] = ""
os.environ.setdefault("CODEVITALS_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dashboard.config.settings")
(FOLDER / "data" / "static").mkdir(mode=0o700, parents=True)

ON_POSTGRESQL = os.environ.pop("CODEVITALS_TEST_DATABASE", "sqlite") == "postgresql"
if ON_POSTGRESQL:
    _SERVER = PostgresServer(FOLDER / "postgres")
    atexit.register(_SERVER.stop)
    os.environ["CODEVITALS_DATABASE_URL"] = _SERVER.start()

pytest_plugins = [f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__)]


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Let the tests use the database of the settings, not one of another name."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = database["NAME"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, keep what touches the database."""
    if not ON_POSTGRESQL:
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & {"page", "browser", "visitors", "worker"}:
        return False
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "live_server"}
    )
