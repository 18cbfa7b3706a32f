"""Rows of tokens, by which programs speak for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A token is known by its digest alone; it may do what its person may, within its scope."""

    class Scope(models.TextChoices):
        """Each holds what stands before it."""

        READ = "read"
        SCAN = "scan"
        ADMIN = "admin"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, in hexadecimal
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # to the minute

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
