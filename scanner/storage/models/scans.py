"""Rows of scans, the truth of what runs and ran, and of the tick that claims them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scanner.storage.models.repositories import Repository


class Scan(models.Model):
    """One piece of work; the row is the truth, Redis only wakes workers."""

    class Status(models.TextChoices):
        """Queued and running are live; the rest are ends."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    class Trigger(models.TextChoices):
        """Who asked."""

        REGISTERED = "registered"
        REQUESTED = "requested"
        SCHEDULED = "scheduled"
        RUBRIC = "rubric"
        FOLLOWING = "following"  # a scan: the past after it
        ENGINE = "engine"  # an upgrade

    class Kind(models.TextChoices):
        """A scan of the branch's head, or a backfill of its history."""

        SCAN = "scan"
        BACKFILL = "backfill"

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="scans", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SCAN)
    trigger = models.CharField(max_length=10, choices=Trigger.choices)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.QUEUED)
    phase = models.CharField(max_length=12, blank=True)  # fetch, tree, facts, judge, save, points
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    excused = models.PositiveSmallIntegerField(default=0)  # attempts that count for nothing
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.TextField(blank=True)
    error_next_step = models.TextField(blank=True)
    error_detail = models.TextField(blank=True)  # scrubbed, for operators
    parsed = models.PositiveIntegerField(default=0)  # blobs that were not in the cache
    every = models.CharField(max_length=6, default="week")  # of a backfill: Every
    since = models.DateField(null=True, blank=True)  # of a backfill: its first day
    until = models.DateField(null=True, blank=True)  # and its last
    begun_at = models.DateTimeField(null=True, blank=True)  # its last attempt began to judge
    points = models.PositiveIntegerField(default=0)  # of a backfill: stored so far
    points_before = models.PositiveIntegerField(default=0)  # stored when that attempt began
    points_total = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=60, blank=True)  # of a backfill or an upgrade: for which
    rubric = models.CharField(max_length=60, blank=True)
    stop_asked = models.BooleanField(default=False)  # a backfill ends between two chunks
    snapshot = models.ForeignKey(
        "Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="scans"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository", "kind"],
                condition=Q(status="queued"),
                name="one_queued_scan_a_kind",
            ),
            models.UniqueConstraint(
                fields=["repository", "kind"],
                condition=Q(status="running"),
                name="one_running_scan_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["repository", "-created_at"]),
            models.Index(fields=["status", "lease_until"]),
            models.Index(fields=["-created_at"], name="scans_in_time"),  # of all repositories
        ]

    def __str__(self) -> str:
        return f"scan {self.pk} of {self.repository}"


class Beat(models.Model):
    """When the last tick ran; one row."""

    name = models.CharField(max_length=20, unique=True)
    ticked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.ticked_at:%Y-%m-%d %H:%M:%S}"
