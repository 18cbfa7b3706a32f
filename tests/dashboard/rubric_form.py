"""The form of a rubric, as a browser sends it."""

from __future__ import annotations

from django.urls import reverse

from dashboard.forms.rubrics import NUMBERS, SWITCHES
from dashboard.queries.rubrics import standing_of
from scanner.storage.models import Repository


def address(repository: Repository | None, name: str = "") -> str:
    """The page of a rubric, or of the default."""
    if repository is None:
        return reverse(f"rubric-default{name}")
    return reverse(f"repository-rubric{name}", args=[repository.team.slug, repository.slug])


def sent(repository: Repository | None = None, **values: str) -> dict[str, str]:
    """The form as a browser sends it that was opened just now; `__` stands for dots."""
    standing = standing_of(repository.pk if repository else None)
    own = {name: str(each) for name, each in standing.changes.items() if name in NUMBERS}
    ticks = {name: "on" for name in SWITCHES if name[6:] not in standing.rubric.rules_off}
    seen = {"seen_default": str(standing.seen.default), "seen_own": str(standing.seen.own)}
    named = {name.replace("__", ".").replace("_of_", "-"): each for name, each in values.items()}
    wanted = {**own, **ticks, **seen, "action": "check", **named}
    return {name: each for name, each in wanted.items() if each != "no"}
