"""Log lines: one JSON object each, bound to their scan or request, without secrets."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import structlog
from celery import Celery
from django.test import Client

from dashboard.config.logging import plain
from dashboard.config.task_logs import identifiers
from tests.dashboard.config.lines import collected

HOSTILE = "a\nb\x1b[31mred\u202e\ud800"


def test_a_line_holds_time_level_event_and_logger() -> None:
    with collected() as lines:
        structlog.get_logger("some.module").info("fetched", repository_id=3)
    line = lines.parsed[0]
    assert list(line)[:4] == ["time", "level", "event", "logger"]
    assert (line["level"], line["event"], line["logger"]) == ("info", "fetched", "some.module")
    assert line["repository_id"] == 3
    assert line["time"].endswith("Z")


def test_lines_of_libraries_look_the_same() -> None:
    with collected() as lines, structlog.contextvars.bound_contextvars(scan_id=7):
        logging.getLogger("library").warning("took %d s", 3)
    line = lines.parsed[0]
    assert (line["event"], line["level"], line["scan_id"]) == ("took 3 s", "warning", 7)


def test_hostile_text_stays_in_its_line_as_ascii() -> None:
    with collected() as lines:
        structlog.get_logger("x").info(HOSTILE, path=HOSTILE, nested=[{HOSTILE: HOSTILE}])
    assert len(lines.raw) == 1
    assert lines.raw[0].isascii()
    assert lines.raw[0].isprintable()
    assert lines.parsed[0]["path"] == HOSTILE


def test_a_traceback_is_one_line_and_bounded() -> None:
    with collected() as lines:
        try:
            raise RuntimeError("x" * 100_000)
        except RuntimeError:
            logging.getLogger("x").exception("failed")
    assert len(lines.raw) == 1
    assert "RuntimeError" in lines.parsed[0]["exception"]
    assert len(lines.raw[0]) < 25_000


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "hunter2"},
        {"api_key": "hunter2"},
        {"headers": {"Authorization": "hunter2"}},
        {"url": "https://user:hunter2@host/path"},
        {"detail": "fatal: could not read from 'https://x-access-token:hunter2@host/r.git'"},
        {"detail": "Authorization: Basic hunter2"},
        {"text": "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----"},
        {"text": "-----BEGIN PRIVATE KEY-----\nhunter2 cut"},
        {"argv": ["git", "-c", "x", "https://a:hunter2@b"]},
        {"said": "refused ghp_hunter2hunter2hunter2"},
    ],
)
def test_a_secret_is_masked_wherever_it_stands(fields: dict[str, Any]) -> None:
    with collected() as lines:
        structlog.get_logger("x").info("event", **fields)
    assert "hunter2" not in lines.raw[0]
    assert "***" in lines.raw[0]


def test_a_secret_in_an_exception_is_masked() -> None:
    with collected() as lines:
        try:
            raise ValueError("postgresql://user:hunter2@host/name")
        except ValueError:
            logging.getLogger("x").exception("failed")
    assert "hunter2" not in lines.raw[0]


def test_names_that_only_resemble_secrets_stay() -> None:
    with collected() as lines:
        structlog.get_logger("x").info("event", tokens=12, keyboard="us", secret_count=3)
    assert "***" not in lines.raw[0]


def test_a_person_reads_a_plain_line_without_control_characters() -> None:
    line = plain(None, "info", {"time": "t", "level": "info", "event": HOSTILE, "n": 3})
    assert line.isprintable()
    assert line.startswith("t info a\\nb")
    assert line.endswith("n=3")


@pytest.mark.django_db
def test_each_line_of_a_request_bears_its_id(client: Client) -> None:
    with collected() as lines:
        response = client.get("/no\x1bwhere?q=hunter2", headers={"X-Request-ID": "from-proxy-1"})
    assert response.headers["X-Request-ID"] == "from-proxy-1"
    line = next(line for line in lines.parsed if line["event"] == "request")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/no\x1bwhere", 404)
    assert line["request_id"] == "from-proxy-1"
    assert "hunter2" not in "".join(lines.raw)
    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.django_db
def test_an_id_that_is_not_well_formed_is_replaced(client: Client) -> None:
    response = client.get("/nowhere", headers={"X-Request-ID": 'x" onload="'})
    assert len(response.headers["X-Request-ID"]) == 32


def test_the_ids_of_a_task_are_found_by_name() -> None:
    app = Celery("test", set_as_current=False)

    def run_scan(scan_id: int, force: bool = False) -> None:
        """A task like ours."""

    task = app.task(run_scan)
    assert identifiers(task, [7], {}) == {"scan_id": 7}
    assert identifiers(task, [], {"scan_id": 7, "force": True}) == {"scan_id": 7}
    assert identifiers(task, [1, 2, 3], {}) == {}
