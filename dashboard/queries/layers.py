"""The layers of a repository's latest snapshot, with the findings that stand behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.findings import IS_HERE
from scanner.domain.architecture import Architecture as Picture
from scanner.domain.architecture import from_plain
from scanner.domain.findings import PARTIAL_BELOW
from scanner.storage.models import Architecture, Finding, PrincipleScore

RULES = ("LA01", "LA02", "LA03")


@dataclass(frozen=True, slots=True)
class Charged:
    """What a finding takes from the overall score."""

    points: float
    accepted_by: str  # "comment" | "team", "" while it is open


@dataclass(frozen=True, slots=True)
class LayersPage:
    """Everything the page of layers shows. `picture` is None until a scan has drawn one."""

    frame: Frame
    picture: Picture | None
    score: float | None
    points_lost: float
    partial: bool
    charged: Mapping[tuple[str, str, int], Charged]  # by rule, path and line


def layers_page(user: Viewer, team: str, slug: str) -> LayersPage:
    """The page of layers, in four queries. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    latest = repository.latest
    kept = Architecture.objects.filter(repository=repository).first()
    standing = PrincipleScore.objects.filter(snapshot=latest, principle="layering").first()
    found = Finding.objects.filter(IS_HERE, repository=repository, rule__in=RULES).values_list(
        "rule", "path", "line", "points", "accepted_by"
    )
    return LayersPage(
        frame=frame(repository),
        picture=from_plain(kept.content) if kept and latest else None,
        score=standing.score if standing else None,
        points_lost=standing.points_lost if standing else 0.0,
        partial=latest is not None and latest.coverage < PARTIAL_BELOW,
        charged={row[:3]: Charged(*row[3:]) for row in found},
    )
