"""Where the broker is, and what Celery is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from kombu.utils.url import parse_url

from dashboard.config.broker import (
    HARD_LIMIT_SECONDS,
    SOCKET_PATH_BYTES,
    TICK_SECONDS,
    VISIBILITY_SECONDS,
    broker_url,
    celery_settings,
    socket_path,
)
from dashboard.config.celery import app
from dashboard.config.environment import Environment


def test_the_embedded_broker_listens_in_the_data_directory() -> None:
    assert socket_path(Path("/srv/vitals")) == Path("/srv/vitals/redis/redis.sock")


def test_a_long_data_directory_gets_a_short_socket_of_its_own() -> None:
    first, second = (socket_path(Path("/srv") / (name * 60)) for name in ("ab", "cd"))
    assert first != second
    assert max(len(str(path)) for path in (first, second)) <= SOCKET_PATH_BYTES


def test_the_address_of_a_socket_keeps_odd_characters() -> None:
    url = broker_url("", Path("/srv/my vitals #1"))
    parsed = parse_url(url)
    assert parsed["transport"] == "redis+socket"
    assert "/" + parsed["virtual_host"].lstrip("/") == "/srv/my vitals #1/redis/redis.sock"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("redis://host:6379/1", "redis://host:6379/1"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
    ],
)
def test_a_given_address_is_written_as_celery_writes_it(given: str, meant: str) -> None:
    assert broker_url(given, Path("/srv")) == meant


def test_a_scan_ends_before_its_message_is_sent_again() -> None:
    longest = Environment.model_fields["scan_seconds"].metadata
    most = max(limit.le for limit in longest if hasattr(limit, "le"))
    assert most < HARD_LIMIT_SECONDS < VISIBILITY_SECONDS
    settings = celery_settings("redis://host")
    assert settings["visibility_timeout"] == VISIBILITY_SECONDS
    assert settings["broker_transport_options"]["visibility_timeout"] == VISIBILITY_SECONDS


def test_the_tick_is_one_entry_that_expires() -> None:
    (entry,) = celery_settings("redis://host")["beat_schedule"].values()
    assert entry["options"] == {"queue": "control", "expires": TICK_SECONDS}


def test_every_task_has_its_queue() -> None:
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert own == {
        "scanner.run_scan",
        "scanner.tick",
        "scanner.trace_origins",
        "scanner.compare",
        "scanner.preview_rubric",
    }
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in own}
    assert queues == {
        "scanner.run_scan": "scans",
        "scanner.tick": "control",
        "scanner.trace_origins": "origins",
        "scanner.compare": "previews",
        "scanner.preview_rubric": "previews",
    }
    assert app.tasks["scanner.run_scan"].acks_late
