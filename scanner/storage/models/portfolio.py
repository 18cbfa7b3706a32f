"""Rows of the portfolio: what it says of each repository, ready to be read."""

from __future__ import annotations

from django.db import models

from scanner.storage.models.repositories import Repository


class PortfolioEntry(models.Model):
    """Where a repository stands, and stood as the week and the month began.

    All of it follows from the snapshots, and holds for one latest snapshot and for a span of time:
    weeks go on by themselves. A reader who finds that it does not hold works it out anew. Terms and
    masses are as `scanner.domain.masses` packs them.
    """

    repository = models.OneToOneField(
        Repository, primary_key=True, on_delete=models.CASCADE, related_name="entry"
    )
    snapshot = models.BigIntegerField()  # the latest, of which it is told
    score = models.FloatField()
    grade = models.CharField(max_length=1)
    coverage = models.FloatField()
    lines = models.PositiveIntegerField()
    commit = models.CharField(max_length=64)
    terms = models.TextField()
    masses = models.BinaryField()
    scores = models.BinaryField(default=b"")
    week_score = models.FloatField(null=True)  # as the week began; None where nothing was known
    week_terms = models.TextField(blank=True)
    week_masses = models.BinaryField(default=b"")
    month_score = models.FloatField(null=True)
    new_findings = models.PositiveIntegerField(default=0)  # since the week began
    fixed_findings = models.PositiveIntegerField(default=0)
    spark = models.BinaryField(default=b"")  # as `scanner.storage.sparks` makes it
    holds_from = models.DateTimeField()
    holds_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"entry of {self.repository}"
