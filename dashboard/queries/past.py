"""The whole past of one repository, for the page of its trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.history import History, history_of
from dashboard.queries.repository import Values, principle_values


@dataclass(frozen=True, slots=True)
class Past:
    """Every verdict of a repository, with its principles by snapshot."""

    frame: Frame
    history: History
    values: Mapping[int, Values]


def past_of(user: Viewer, team: str, slug: str) -> Past:
    """All of it. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    return Past(frame(repository), history_of(repository), principle_values(repository))
