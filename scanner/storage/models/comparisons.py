"""Rows of comparisons: two points that somebody put side by side."""

from __future__ import annotations

from django.db import models

from scanner.storage.models.repositories import Repository
from scanner.storage.models.verdicts import Snapshot


class ComparedPair(models.Model):
    """Two points of a repository, and what moved the score between them once a worker has judged.

    `key` names both verdicts as they stood when it was asked: another one has another row.
    """

    class Status(models.TextChoices):
        """Queued and running are live; the rest are ends."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="compared_pairs"
    )
    key = models.CharField(max_length=64)
    before_commit = models.CharField(max_length=64)  # of a commit without a verdict the beginning
    after_commit = models.CharField(max_length=64)
    before = models.ForeignKey(Snapshot, null=True, on_delete=models.SET_NULL, related_name="+")
    after = models.ForeignKey(Snapshot, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.QUEUED)
    phase = models.CharField(max_length=12, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    content = models.BinaryField(null=True)  # compressed
    summary = models.BinaryField(null=True)  # the same in short
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.TextField(blank=True)
    error_next_step = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "key"], name="one_comparison_a_pair")
        ]
        indexes = [models.Index(fields=["repository", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.before_commit[:8]} against {self.after_commit[:8]} in {self.repository}"
