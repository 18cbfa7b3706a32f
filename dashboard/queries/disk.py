"""What the machines of this installation keep on their disks; for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from scanner.storage.models import KeptFiles, Machine

PAGE: Final = 100
ALIVE: Final = timedelta(days=7)  # a machine that was not seen for longer is probably gone


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A data directory. Sizes are in bytes, `free` as of the last work there."""

    id: int
    name: str
    folder: str
    engine: str
    budget: int
    free: int
    seen_at: datetime
    used: int
    repositories: int

    @property
    def is_over(self) -> bool:
        """Beyond its budget: what is in use cannot be dropped."""
        return self.used > self.budget

    @property
    def percent(self) -> int:
        """How much of its budget is used; 100 at most."""
        return min(100, round(100 * self.used / self.budget)) if self.budget else 100


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What a machine keeps of a repository, in bytes; names are hostile text."""

    repository: str
    slug: str
    team: str
    team_slug: str
    machine: str
    mirror: int
    cache: int
    used_at: datetime
    dropped_at: datetime | None  # something went since it was used last

    @property
    def total(self) -> int:
        """All of it."""
        return self.mirror + self.cache


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A part of the list, the largest first."""

    rows: tuple[KeptLine, ...]
    number: int
    pages: int
    total: int


def machine_lines() -> list[MachineLine]:
    """The machines by name, in one query."""
    bytes_kept = F("kept__mirror_bytes") + F("kept__cache_bytes")
    rows = Machine.objects.annotate(
        used=Coalesce(Sum(bytes_kept), 0),
        repositories=Count("kept", filter=Q(kept__mirror_bytes__gt=0) | Q(kept__cache_bytes__gt=0)),
    )
    columns = ("pk", "name", "folder", "engine", "budget", "free", "seen_at", "used")
    ordered = rows.order_by("name", "pk")
    return [MachineLine(*row) for row in ordered.values_list(*columns, "repositories")]


def kept_page(number: int) -> KeptPage:
    """One page of what is kept of each repository on each machine, in two queries."""
    rows = KeptFiles.objects.annotate(total=F("mirror_bytes") + F("cache_bytes"))
    columns = (
        *("repository__name", "repository__slug", "repository__team__name"),
        *("repository__team__slug", "machine__name", "mirror_bytes", "cache_bytes"),
        *("used_at", "dropped_at"),
    )
    listed = rows.order_by("-total", "repository__name", "pk").values_list(*columns)
    page = Paginator(listed, PAGE).get_page(number)
    found = tuple(KeptLine(*row) for row in page.object_list)
    return KeptPage(found, page.number, page.paginator.num_pages, page.paginator.count)


def engines_of(machines: list[MachineLine], now: datetime) -> tuple[str, ...]:
    """The engines of the machines that are alive; more than one judge in turns."""
    return tuple(sorted({one.engine for one in machines if one.seen_at > now - ALIVE}))
