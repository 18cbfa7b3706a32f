"""The week that the portfolio tells of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_A_DAY: Final = timedelta(days=1)


def week_start(now: datetime) -> datetime:
    """The Monday, at midnight UTC, since which changes are told.

    It is that of the running ISO week; on a Monday itself still the one before, for who opens the
    page then wants to know of the week that is over.
    """
    day = (now - _A_DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
