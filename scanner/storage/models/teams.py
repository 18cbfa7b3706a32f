"""Rows of teams and who belongs to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Team(models.Model):
    """The owner of repositories."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's place in a team."""

    class Role(models.TextChoices):
        """What a member may do: see; add, scan and change; also delete and hold credentials."""

        VIEWER = "viewer"
        LEAD = "lead"
        OWNER = "owner"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.VIEWER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="one_place_a_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team} as {self.role}"
