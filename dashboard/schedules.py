"""Schedules as people choose them, and the runs they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from scanner.domain.schedule import Schedule, cron_time, next_run

ON_REQUEST: Final = ""
OWN: Final = "own"
CHOICES: Final = (
    (ON_REQUEST, "On request only"),
    ("0 * * * *", "Every hour"),
    ("0 2 * * *", "Every night at 02:00"),
    ("0 2 * * 1-5", "On workdays at 02:00"),
    ("0 2 * * 1", "Every Monday at 02:00"),
    (OWN, "By a cron expression"),
)
PREVIEWED: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A run to come, as a clock in the schedule's zone shows it, and in UTC."""

    local: datetime
    utc: datetime
    zone: str

    @property
    def label(self) -> str:
        """The run in words: Mon 24 Nov 2026, 02:07 Europe/Berlin."""
        return f"{self.local:%a %-d %b %Y, %H:%M} {self.zone}"


def choice_for(cron: str) -> str:
    """The choice that stands for a cron expression."""
    return cron if any(cron == key for key, _ in CHOICES) else OWN


def upcoming(schedule: Schedule, key: int | None, now: datetime) -> list[Run]:
    """The next runs of the repository with this key; without one, the times as written.

    Raises UserError "schedule...." for a schedule that cannot be kept.
    """
    zone = ZoneInfo(schedule.time_zone) if schedule.time_zone in time_zones() else None
    runs = []
    for _ in range(PREVIEWED):
        now = cron_time(schedule, now) if key is None else next_run(schedule, key, now)
        runs.append(Run(now.astimezone(zone) if zone else now, now, schedule.time_zone))
    return runs


@cache
def time_zones() -> tuple[str, ...]:
    """The zones to choose from: UTC, then places."""
    places = (name for name in available_timezones() if "/" in name)
    return (
        "UTC",
        *sorted(
            name for name in places if not name.startswith(("Etc/", "posix/", "right/", "SystemV/"))
        ),
    )
