"""Rows of machines and of what each keeps on its disk."""

from __future__ import annotations

from django.db import models

from scanner.storage.models.repositories import Repository


class Machine(models.Model):
    """A data directory with workers or a web server on it."""

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    folder = models.TextField()
    engine = models.CharField(max_length=60)
    budget = models.BigIntegerField()  # bytes
    free = models.BigIntegerField()  # bytes on the disk
    seen_at = models.DateTimeField()
    swept_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class KeptFiles(models.Model):
    """Mirror and cache of one repository on one machine, in bytes; 0 is kept no longer."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="kept")
    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="kept")
    mirror_bytes = models.BigIntegerField(default=0)
    cache_bytes = models.BigIntegerField(default=0)
    used_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)  # to make room; null after a use

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "repository"], name="one_folder_a_machine")
        ]

    def __str__(self) -> str:
        return f"files of {self.repository} on {self.machine}"
