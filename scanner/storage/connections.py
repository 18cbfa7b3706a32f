"""Connections that were idle, or broken by an outage, are replaced before they are used."""

from __future__ import annotations

from django.db import connection


def fresh_connection() -> None:
    """Drop this thread's connection if it can no longer be used; never inside a transaction."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def drop_connection() -> None:
    """Drop this thread's connection after an outage; never inside a transaction."""
    if not connection.in_atomic_block:
        connection.close()
