"""The next runs of a schedule that is being typed."""

from __future__ import annotations

from datetime import datetime

from dashboard.forms.repositories import ScheduleFields
from dashboard.schedules import Run, upcoming
from scanner.domain.errors import UserError


def preview_of(form: ScheduleFields, key: int | None, now: datetime) -> list[Run]:
    """The runs that the form's schedule leads to; none without one, or with a wrong one."""
    if not form.is_bound or form.has_wrong_schedule:
        return []
    schedule = form.schedule()
    if schedule is None:
        return []
    try:
        return upcoming(schedule, key, now)
    except UserError:  # the form says what is wrong with it
        return []
