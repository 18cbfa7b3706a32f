"""Asks the broker whether it is there."""

from __future__ import annotations

import redis


def broker_answers(url: str, seconds: float = 2.0) -> bool:
    """Whether the broker at this address answers, within so many seconds for each step."""
    address = url.replace("redis+socket://", "unix://", 1)
    try:
        with redis.Redis.from_url(
            address, socket_connect_timeout=seconds, socket_timeout=seconds, retry=None
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
