"""When a repository is scanned next: a cron expression, a time zone and a stable offset.

Local times that a clock change skips run right after the gap; those it repeats run once, unless
the expression names every hour. Each repository is moved by an offset of its own, so that a
thousand nightly scans do not start in the same second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from scanner.domain.errors import UserError

FIELDS: Final = 5
LONGEST_CRON: Final = 100  # characters
WIDEST_OFFSET: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron expression of five fields, and the time zone it is meant in."""

    cron: str
    time_zone: str = "UTC"


def checked(schedule: Schedule) -> Schedule:
    """The schedule with single spaces between its fields.

    Raises UserError "schedule.cron", "schedule.time-zone" or "schedule.never".
    """
    tidy = Schedule(" ".join(schedule.cron.split()), schedule.time_zone.strip())
    next_run(tidy, 0, datetime(2024, 1, 1, tzinfo=UTC))
    return tidy


def next_run(schedule: Schedule, key: int, after: datetime) -> datetime:
    """The first run of the repository with this key after an aware instant, in UTC.

    Raises UserError as `checked` does.
    """
    times = _cron_times(schedule, after - WIDEST_OFFSET)
    current = next(times)
    while True:
        following = next(times)
        run = current + _offset(key, following - current)
        if run > after:
            return run
        current = following


def cron_time(schedule: Schedule, after: datetime) -> datetime:
    """The first time after an aware instant that the expression names, in UTC, without offset.

    Raises UserError as `checked` does.
    """
    return next(_cron_times(schedule, after))


def _cron_times(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    zone = _zone(schedule.time_zone)
    if len(schedule.cron) > LONGEST_CRON:
        raise _bad_cron(f"it is longer than {LONGEST_CRON} characters")
    if len(schedule.cron.split()) != FIELDS:
        raise _bad_cron("it has not five fields")
    try:
        for moment in CronSim(schedule.cron, after.astimezone(zone)):
            yield moment.astimezone(UTC)
    except CronSimError as error:
        raise _bad_cron(str(error).lower()) from error
    raise UserError(
        "schedule.never",
        "The schedule names a time that never comes.",
        "Choose a day that exists in the month.",
    )


def _bad_cron(reason: str) -> UserError:
    return UserError(
        "schedule.cron",
        f"The schedule is no cron expression: {reason}.",
        "Write minute, hour, day of month, month and day of week, such as 0 3 * * *.",
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise UserError(
            "schedule.time-zone",
            "The time zone is not known.",
            "Write a name such as UTC or Europe/Berlin.",
        ) from error


def _offset(key: int, gap: timedelta) -> timedelta:
    """At most half the gap to the next cron time, in whole seconds, the same for ever."""
    widest = int(min(gap / 2, WIDEST_OFFSET).total_seconds())
    digest = hashlib.sha256(str(key).encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:8], "big") % max(1, widest))
