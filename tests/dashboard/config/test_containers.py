"""docker-compose.yml and the Dockerfile fit the settings and the queues.

No engine is needed: both files are read and held against the code.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery.app.base import Celery

from dashboard.config.broker import CONTROL, ORIGINS, PREVIEWS, SCANS
from dashboard.config.celery import app as celery_app
from dashboard.config.environment import HOME, PREFIX, Environment

DOCKERFILE = (HOME / "Dockerfile").read_text()
OWN = ("migrate", "web", "worker", "worker-control", "beat")
KNOWN = {PREFIX + name.upper() for name in Environment.model_fields}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file with its anchors resolved, as an engine reads it."""
    loaded: dict[str, Any] = yaml.safe_load((HOME / "docker-compose.yml").read_text())
    return loaded


def _instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in joined.splitlines() if line.startswith(f"{name} ")]


def test_every_setting_that_is_handed_on_exists(compose: dict[str, Any]) -> None:
    for name in OWN:
        given = {key for key in compose["services"][name]["environment"] if key.startswith(PREFIX)}
        assert given <= KNOWN
    in_image = set(re.findall(r"CODEVITALS_\w+(?==)", DOCKERFILE))
    assert in_image
    assert in_image <= KNOWN


def test_no_secret_is_written_down(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    for name in ("CODEVITALS_SECRET_KEY", "CODEVITALS_ENCRYPTION_KEYS"):
        assert environment[name] == f"${{{name}:?run make .env first}}"
    assert "${POSTGRES_PASSWORD:?run make .env first}" in environment["CODEVITALS_DATABASE_URL"]
    assert "KEY" not in DOCKERFILE


def test_what_compose_asks_for_make_writes(compose: dict[str, Any]) -> None:
    text = (HOME / "docker-compose.yml").read_text()
    required = set(re.findall(r"\$\{(\w+):\?", text))
    makefile = (HOME / "Makefile").read_text()
    assert required
    assert all(f'"{name}=' in makefile for name in required)


def test_every_queue_has_a_worker_of_its_own(compose: dict[str, Any]) -> None:
    queues = {}
    for name in OWN:
        command = compose["services"][name].get("command", [])
        if "worker" in command:
            queues[name] = command[command.index("--queues") + 1]
    assert queues == {"worker": f"{SCANS},{ORIGINS},{PREVIEWS}", "worker-control": CONTROL}
    assert used_queues(celery_app) <= set(",".join(queues.values()).split(","))


def used_queues(app: Celery) -> set[str]:
    """The queues to which the application sends anything."""
    routed = {route["queue"] for route in app.conf.task_routes.values()}
    beat = {entry["options"]["queue"] for entry in app.conf.beat_schedule.values()}
    return routed | beat | {app.conf.task_default_queue}


@pytest.mark.parametrize("name", ["worker", "worker-control", "beat"])
def test_commands_name_the_application(name: str, compose: dict[str, Any]) -> None:
    command = compose["services"][name]["command"]
    assert command[0] == "celery"
    assert command[command.index("--app") + 1] == "dashboard.config.celery"


def test_every_service_but_the_one_shot_is_watched(compose: dict[str, Any]) -> None:
    unwatched = {name for name, it in compose["services"].items() if "healthcheck" not in it}
    assert unwatched == {"migrate"}
    assert "/health'" in compose["services"]["web"]["healthcheck"]["test"][-1]


def test_nothing_starts_before_the_tables_are_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name in ("web", "worker", "worker-control", "beat"):
        waits = services[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["redis"]["condition"] == "service_healthy"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_the_broker_forgets_nothing(compose: dict[str, Any]) -> None:
    command = shlex.join(compose["services"]["redis"]["command"])
    for option in ("--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction"):
        assert option in command
    assert "redis:/data" in compose["services"]["redis"]["volumes"]


def test_only_the_pages_are_published_and_only_to_this_machine(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert services["web"]["ports"] == ["${PUBLISH:-127.0.0.1:8000}:8000"]
    assert services["postgres"]["networks"] == services["redis"]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True


def test_our_containers_hold_no_rights_that_they_do_not_need(compose: dict[str, Any]) -> None:
    for name in OWN:
        service = compose["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_every_volume_is_declared(compose: dict[str, Any]) -> None:
    mounted = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
    }
    assert mounted == set(compose["volumes"])


def test_the_image_runs_as_nobody_special_and_writes_to_its_volume_alone() -> None:
    assert _instructions("USER") == ["10001"]
    assert _instructions("VOLUME") == ["/data"]
    assert "CODEVITALS_DATA_DIR=/data" in DOCKERFILE
    assert DOCKERFILE.index("collectstatic") < DOCKERFILE.index("USER 10001")


def test_the_image_has_what_a_scan_needs_from_the_lock() -> None:
    installs = " ".join(_instructions("RUN"))
    assert "git openssh-client" in installs
    assert "--require-hashes -r requirements.lock" in installs
    (base,) = _instructions("FROM")
    assert re.fullmatch(r"python:3\.\d+-slim", base)


def test_all_that_is_copied_exists_and_is_let_through() -> None:
    let_through = {
        line[1:] for line in (HOME / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = {part for line in _instructions("COPY") for part in line.split()[:-1]}
    assert copied == let_through
    assert all((HOME / Path(name)).exists() for name in copied)
