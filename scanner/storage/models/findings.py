"""Rows of findings: while they are open, accepted, and traced to their commit."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from scanner.storage.models.repositories import Repository
from scanner.storage.models.verdicts import Snapshot, Strand

STILL_OPEN: Final = 2_147_483_647
"""The turn that closed what is open: larger than any, so that a span is asked for as one range."""


class Finding(models.Model):
    """A finding over one interval of its life; when it comes back it is a new row.

    The row is the identity: it stays when files and functions move. Fingerprint, path, line,
    message, cost and points are those of the last snapshot that had it. There while `fixed_in` is
    null: accepted where `accepted_by` says by whom, else open.
    """

    class Origin(models.TextChoices):
        """What is known of the commit that brought it; "" while nobody has looked."""

        KNOWN = "known"
        EDGE = "edge"  # the history that is here begins with this commit
        NONE = "none"  # no history, or none of these lines

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    fingerprint = models.CharField(max_length=16)
    rule = models.CharField(max_length=8)
    principle = models.CharField(max_length=20)
    path = models.TextField()
    line = models.PositiveIntegerField()
    end_line = models.PositiveIntegerField()
    symbol = models.TextField()
    message = models.TextField()
    detail = models.TextField(blank=True)
    cost = models.BigIntegerField()
    points = models.FloatField()
    effort = models.PositiveIntegerField()  # minutes
    digest = models.CharField(max_length=64, blank=True)  # "" for a finding about a whole
    scheme = models.PositiveSmallIntegerField(default=0)  # of digest, symbol and fingerprint
    related = models.JSONField(default=list)  # [{"path", "line"}]
    charges = models.JSONField(default=list)  # [{"path", "line", "cost", "site", "mass"}]
    first_in = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="introduced")
    fixed_in = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.CASCADE, related_name="fixed"
    )
    accepted_by = models.CharField(max_length=7, blank=True)  # "comment" | "team"
    reason = models.TextField(blank=True)  # of the acceptance
    origin = models.CharField(max_length=5, choices=Origin.choices, blank=True)
    introduced_commit = models.CharField(max_length=64, blank=True)
    introduced_by = models.CharField(max_length=200, blank=True)  # the author's name
    introduced_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, db_default=0)  # at this turn of the repository
    closed = models.PositiveIntegerField(
        default=STILL_OPEN, db_default=STILL_OPEN
    )  # and there no more
    created_at = models.DateTimeField(auto_now_add=True)
    opened_by_rubric = models.BooleanField(default=False)  # its code did not change
    closed_by_rubric = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository", "fingerprint"],
                condition=Q(fixed_in=None),
                name="one_open_interval",
            )
        ]
        indexes = [
            models.Index(
                fields=["repository", "-points", "fingerprint"],
                condition=Q(fixed_in=None),
                name="findings_by_points",  # by a condition, for nobody orders beside IS NULL
            ),
            models.Index(
                fields=["repository", "fixed_in", "rule"],
                include=[
                    *("principle", "accepted_by", "cost", "points"),
                    *("first_in", "opened_by_rubric", "introduced_at"),
                ],
                name="findings_in_sum",  # counts and sums of a repository, without its rows
            ),
            models.Index(fields=["repository", "fixed_in", "path"]),
            models.Index(fields=["repository", "closed", "opened"], name="findings_at_a_turn"),
            models.Index(
                fields=["repository", "introduced_at"],
                include=["accepted_by", "points"],
                condition=Q(fixed_in=None),
                name="findings_by_birth",
            ),
        ]
        ordering = [F("points").desc(), "path", "line"]

    def __str__(self) -> str:
        return f"{self.rule} {self.path}:{self.line}"


class FormerName(models.Model):
    """What a finding was called until it moved, over the turns at which it was called so.

    Or, where `absorbed`, a finding that grew together with others and goes on in this one: it has
    no row of its own any more.
    """

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="former_names")
    fingerprint = models.CharField(max_length=16)
    path = models.TextField()
    line = models.PositiveIntegerField()
    symbol = models.TextField()
    message = models.TextField()
    absorbed = models.BooleanField(default=False)
    opened = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["repository", "closed", "opened"], name="names_at_a_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} until turn {self.closed}"


class PastFinding(models.Model):
    """A finding of points of the past: at each point of its strand between two places, both out.

    Its line and cost are judged again from facts where somebody asks.
    """

    strand = models.ForeignKey(
        Strand, on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    fingerprint = models.CharField(max_length=16)
    rule = models.CharField(max_length=8)
    path = models.TextField()
    symbol = models.TextField()
    after = models.IntegerField()  # -1 where no older point lacks it
    before = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["strand", "before", "after"], name="findings_at_a_place")]

    def __str__(self) -> str:
        return f"{self.rule} {self.path} between {self.after} and {self.before}"


class Acceptance(models.Model):
    """A team's word that a finding may stay; it counts until it ends or its time is over."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="acceptances")
    fingerprint = models.CharField(max_length=16)
    reason = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository", "fingerprint"],
                condition=Q(ended_at=None),
                name="one_acceptance_a_finding",
            )
        ]
        indexes = [models.Index(fields=["ended_at", "expires_at"])]

    def __str__(self) -> str:
        return f"acceptance of {self.fingerprint} in {self.repository}"


class Tracing(models.Model):
    """Findings of a repository wait for their origin to be looked up; no row where none wait."""

    repository = models.OneToOneField(Repository, on_delete=models.CASCADE, related_name="tracing")
    number = models.PositiveIntegerField(default=0)  # of the last turn
    stalled = models.PositiveSmallIntegerField(default=0)  # turns since the last answer
    seconds = models.FloatField(default=0.0)  # that the turns took
    wanted_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"origins in {self.repository}"
