"""Rows of verdicts: a commit judged, by principle and by file."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from scanner.storage.models.repositories import Repository


class Strand(models.Model):
    """Points of the past on one chain of first parents, judged by one engine and rubric.

    After a push by force the points of the new chain are another strand.
    """

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="strands")
    engine = models.CharField(max_length=60)
    rubric = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.repository} by {self.engine}"


class Snapshot(models.Model):
    """The verdict on one commit by one engine and rubric."""

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="snapshots", db_index=False
    )
    commit = models.CharField(max_length=64)  # of a plain folder: a digest of its files
    committed_at = models.DateTimeField()
    author = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    is_first = models.BooleanField(default=False)  # nothing was known before: nothing is new
    backfilled = models.BooleanField(default=False)  # a point of the past
    strand = models.ForeignKey(
        Strand, null=True, blank=True, on_delete=models.SET_NULL, related_name="points",
        db_index=False,
    )  # fmt: skip
    place = models.PositiveIntegerField(null=True, blank=True)  # commits before it on its strand
    vanished = models.BooleanField(default=False)  # its commit is no longer on the branch
    tags = models.JSONField(default=list)  # [name], as of the last backfill
    engine = models.CharField(max_length=60)
    rubric = models.CharField(max_length=60)
    score = models.FloatField()
    strict_score = models.FloatField()
    grade = models.CharField(max_length=1)
    coverage = models.FloatField()
    lines = models.PositiveIntegerField()
    modules = models.PositiveIntegerField()
    new_findings = models.PositiveIntegerField(default=0)
    fixed_findings = models.PositiveIntegerField(default=0)
    open_findings = models.PositiveIntegerField(default=0)  # accepted ones left out
    accepted_findings = models.PositiveIntegerField(default=0)
    excluded = models.JSONField(default=list)  # [{"path", "reason"}]
    left_out = models.PositiveIntegerField(default=0)  # of them, by the repository's own choice
    unmeasured = models.JSONField(default=list)  # [{"path", "reason", "line", "lines"}]
    notices = models.JSONField(default=list)  # [text]
    rewritten = models.JSONField(default=list)  # [{"path", "constructs"}]: read in an older shape
    uncounted = models.JSONField(default=list)  # [{"path", "line", "why"}]: comments
    turn = models.PositiveIntegerField(
        default=0, db_default=0
    )  # of its last verdict; 0 of a backfill
    created_at = models.DateTimeField(auto_now_add=True)
    judged_at = models.DateTimeField(default=timezone.now)  # last: a commit may be judged again
    rubric_before = models.CharField(max_length=60, blank=True)  # where another one judged before
    score_before = models.FloatField(null=True, blank=True)  # of this very commit, by that one
    strict_before = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository", "commit", "engine", "rubric"], name="one_verdict_a_commit"
            )
        ]
        indexes = [
            models.Index(
                fields=["repository", "-committed_at"],
                include=[
                    *("id", "judged_at", "score", "vanished", "backfilled", "is_first"),
                    *("new_findings", "fixed_findings"),
                ],
                name="snapshots_in_time",  # tells how a thousand repositories moved by itself
            ),
            models.Index(
                fields=["strand", "place"],
                condition=models.Q(strand__isnull=False),
                name="points_of_a_strand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repository} at {self.commit[:8]}"

    @property
    def is_partial(self) -> bool:
        """Under 95 % measured: drawn hollow, passes no gate."""
        return self.coverage < 0.95


class PrincipleScore(models.Model):
    """One principle of a snapshot; masses in millionths."""

    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.CASCADE, related_name="principles", db_index=False
    )
    principle = models.CharField(max_length=20)
    applicable = models.BooleanField()
    score = models.FloatField(null=True)
    strict_score = models.FloatField(null=True)
    conforming = models.BigIntegerField()
    debt = models.BigIntegerField()
    accepted_debt = models.BigIntegerField(default=0)
    n = models.PositiveIntegerField()
    grace = models.BigIntegerField()
    rigour = models.FloatField()
    weight = models.FloatField()
    points_lost = models.FloatField()
    findings = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "principle"], name="one_score_a_principle")
        ]

    def __str__(self) -> str:
        return f"{self.principle} of snapshot {self.snapshot_id}"


class FileScore(models.Model):
    """A file of the latest snapshot; rows of older snapshots are not kept."""

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    path = models.TextField()
    blob = models.CharField(max_length=64, blank=True)
    lines = models.PositiveIntegerField()
    score = models.FloatField()
    points_lost = models.FloatField()
    scores = models.JSONField(default=dict)  # {principle: score}
    findings = models.PositiveIntegerField(default=0)
    changes_30 = models.PositiveIntegerField(null=True)  # in so many days up to the commit
    changes_90 = models.PositiveIntegerField(null=True)
    changes_365 = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "path"], name="one_score_a_file")
        ]
        indexes = [models.Index(fields=["repository", "-points_lost"])]

    def __str__(self) -> str:
        return self.path
