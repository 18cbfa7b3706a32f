"""Probes: what they say while parts are missing, and whom they answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from scanner.storage.models import Beat


def _tick(age: timedelta) -> None:
    Beat.objects.create(name="tick", ticked_at=datetime.now(UTC) - age)


def test_health_needs_no_database_and_no_known_host(client: Client) -> None:
    response = client.get("/health", headers={"host": "10.1.2.3"})
    assert (response.status_code, response.json()) == (200, {"status": "up"})
    assert response.headers["Cache-Control"] == "no-store"


def test_health_is_not_redirected_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health").status_code == 200


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/health").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_server")
def test_ready_when_all_is_well(client: Client) -> None:
    _tick(timedelta(seconds=15))
    response = client.get("/health/ready")
    body = response.json()
    assert response.status_code == 200
    assert body["status"] == "ready"
    assert set(body["checks"]) == {"database", "broker", "migrations", "tick"}
    assert 14 <= body["tick_age_seconds"] <= 60


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_server")
def test_not_ready_before_the_first_tick(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["tick"] == "none yet"


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_server")
def test_not_ready_when_the_clockwork_stands_still(client: Client) -> None:
    _tick(timedelta(minutes=5))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["tick"] == "late"


@pytest.mark.django_db
def test_not_ready_without_a_broker(client: Client, settings: Settings) -> None:
    settings.BROKER_URL = "redis+socket:///nowhere/redis.sock"
    _tick(timedelta(0))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["broker"] == "unreachable"
    assert "nowhere" not in response.content.decode()
