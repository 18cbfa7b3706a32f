"""The store of people in teams."""

from __future__ import annotations

from typing import get_args

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from scanner.application.members import Role
from scanner.storage.models import Membership, Team
from scanner.storage.texts import clean


class MemberRows:
    """Implements MemberStore."""

    def lock(self, team_id: int) -> bool:
        """Hold the team until the end of the transaction; False when it is gone."""
        return Team.objects.select_for_update().filter(pk=team_id).first() is not None

    def rename(self, team_id: int, name: str) -> bool:
        """Another name; False when another team has it."""
        try:
            with transaction.atomic():
                Team.objects.filter(pk=team_id).update(name=clean(name, 80))
        except IntegrityError:
            return False
        return True

    def person(self, name: str) -> int | None:
        """The active person with this name."""
        found = get_user_model().objects.filter(username=name, is_active=True)
        return found.values_list("pk", flat=True).first()

    def introduce(self, name: str, password: str) -> int | None:
        """A new person; None when the name is taken."""
        try:
            with transaction.atomic():
                return int(get_user_model().objects.create_user(name, password=password).pk)
        except IntegrityError:
            return None

    def roles(self, team_id: int) -> dict[int, Role]:
        """The roles of all members, by person."""
        rows = Membership.objects.filter(team_id=team_id).values_list("user_id", "role")
        known: dict[str, Role] = {role: role for role in get_args(Role)}
        return {person: known[role] for person, role in rows}

    def put(self, team_id: int, person_id: int, role: Role) -> None:
        """Give a person a place, or another role."""
        Membership.objects.update_or_create(
            team_id=team_id, user_id=person_id, defaults={"role": role}
        )

    def remove(self, team_id: int, person_id: int) -> None:
        """Take a person's place away."""
        Membership.objects.filter(team_id=team_id, user_id=person_id).delete()
