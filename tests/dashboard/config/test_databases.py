"""The database of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.config.databases import database


def test_without_a_url_it_is_sqlite_that_takes_its_lock_at_once() -> None:
    settings = database("", Path("/data"))
    assert settings["NAME"] == "/data/codevitals.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_a_url_is_taken_apart() -> None:
    url = "postgresql://us%40er:p%2Fw%3A@db.example:5433/na%20me?sslmode=require"
    settings = database(url, Path("/data"))
    taken = {name: settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert taken == {
        "NAME": "na me",
        "USER": "us@er",
        "PASSWORD": "p/w:",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert settings["OPTIONS"] == {"connect_timeout": "10", "sslmode": "require"}


def test_a_socket_folder_is_a_host() -> None:
    settings = database("postgresql://user@/name?host=/run/postgresql", Path("/data"))
    assert settings["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("url", ["postgresql://host", "sqlite:///x", "postgresql://h:99999/n"])
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="it must read postgresql://"):
        database(url, Path("/data"))
