"""The week and the month that the portfolio tells of. All times are in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

A_DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)
FOREVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""Later than anything that will be asked, and early enough to be reckoned with."""


def day_start(now: datetime) -> datetime:
    """The midnight before a time."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def week_start(now: datetime) -> datetime:
    """The Monday, at midnight UTC, since which changes are told.

    It is that of the running ISO week; on a Monday itself still the one before, for who opens the
    page then wants to know of the week that is over.
    """
    day = day_start(now - A_DAY)
    return day - timedelta(days=day.weekday())


def next_week(now: datetime) -> datetime:
    """When another week is told of than now."""
    return week_start(now) + timedelta(weeks=1) + A_DAY


def month_start(now: datetime) -> datetime:
    """The midnight, thirty days before the one of today, since which movers are told."""
    return day_start(now) - MONTH


def leaves_month(at: datetime) -> datetime:
    """When what happened at a time begins to lie before the month that is told of."""
    return day_start(at) + MONTH + A_DAY if at < FOREVER else FOREVER
