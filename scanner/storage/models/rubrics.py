"""Rows of rubrics: their versions and what snapshots were judged by."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from scanner.storage.models.repositories import Repository


class RubricVersion(models.Model):
    """A change of a rubric: the values that differ from what it inherits. Rows never change.

    Without a repository it is the default of this installation, which all repositories inherit.
    """

    repository = models.ForeignKey(
        Repository,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rubric_versions",
    )
    number = models.PositiveIntegerField()  # from 1; the highest one holds
    changes = models.JSONField(default=dict)  # {"limits.file_lines": 400}
    version = models.CharField(max_length=60)  # of the whole rubric, as it was then
    note = models.CharField(max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=150)  # stays when the user is gone
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "number"], name="one_change_a_number"),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(repository=None),
                name="one_default_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"rubric {self.number} of {self.repository or 'all'}"


class JudgedRubric(models.Model):
    """All values of a rubric that something was judged by; `Snapshot.rubric` names its version."""

    version = models.CharField(max_length=60, unique=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return self.version
