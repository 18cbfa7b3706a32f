"""The store of teams."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from scanner.storage.models import Membership, Team
from scanner.storage.texts import clean


class Teams:
    """Implements TeamStore."""

    def slugs(self) -> frozenset[str]:
        """The slugs of all teams."""
        return frozenset(Team.objects.values_list("slug", flat=True))

    def add(self, name: str, slug: str, owner_id: int) -> int | None:
        """Store a team with its owner; its id, or None when name or slug are taken."""
        try:
            with transaction.atomic():
                team = Team.objects.create(name=clean(name, 80), slug=slug)
                team.memberships.create(user_id=owner_id, role=Membership.Role.OWNER)
        except IntegrityError:
            if Team.objects.filter(name=clean(name, 80)).exists():
                return None
            raise
        return int(team.pk)
