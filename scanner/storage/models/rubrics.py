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


class Preview(models.Model):
    """A rubric that somebody thinks of, and what it would do; nobody is judged by it.

    `basis` tells what was judged when it was asked: an answer holds while that is the same.
    """

    class Status(models.TextChoices):
        """Queued and running are live; the rest are ends."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    repository = models.ForeignKey(
        Repository, null=True, blank=True, on_delete=models.CASCADE, related_name="previews"
    )
    before = models.JSONField()  # all values of the rubric that holds
    after = models.JSONField()  # and of the one that might
    versions = models.CharField(max_length=130)  # of both
    basis = models.CharField(max_length=100)
    sent = models.JSONField(default=dict)  # the form, to be saved from
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.QUEUED)
    phase = models.CharField(max_length=12, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.TextField(blank=True)
    error_next_step = models.TextField(blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["repository", "versions"])]

    def __str__(self) -> str:
        return f"preview {self.pk} of {self.repository or 'all'}"
