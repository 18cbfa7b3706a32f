"""Found a team: who founds it owns it."""

from __future__ import annotations

from typing import Protocol

from scanner.application.naming import checked_name, free_slug
from scanner.application.stores import Atomic
from scanner.domain.errors import UserError

LONGEST_TEAM = 80  # characters


class TeamStore(Protocol):
    """The teams."""

    def slugs(self) -> frozenset[str]:
        """The slugs of all teams."""
        ...

    def add(self, name: str, slug: str, owner_id: int) -> int | None:
        """Store a team with its owner; its id, or None when name or slug are taken."""
        ...


class Founding:
    """The use case behind the first start."""

    def __init__(self, teams: TeamStore, atomic: Atomic) -> None:
        self._teams = teams
        self._atomic = atomic

    def found(self, name: str, owner_id: int) -> int:
        """The id of the new team. Raises UserError "name.empty", "name.taken"."""
        shown = checked_name(name)[:LONGEST_TEAM]
        with self._atomic():
            slug = free_slug(shown, self._teams.slugs())[:LONGEST_TEAM]
            team = self._teams.add(shown, slug, owner_id)
        if team is None:
            raise UserError(
                "name.taken", "Another team has this name.", "Give the team a name of its own."
            )
        return team
