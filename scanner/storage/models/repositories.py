"""Rows of repositories, what opens them and how they are layered."""

from __future__ import annotations

from django.db import models

from scanner.storage.models.teams import Team


class Repository(models.Model):
    """A registered repository. The mirror's folder is named after its id."""

    class Kind(models.TextChoices):
        """How it is reached: fetched over the network, a git folder here, a plain folder here."""

        REMOTE = "remote"
        LOCAL = "local"
        FOLDER = "folder"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="repositories")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REMOTE)
    address = models.CharField(max_length=2000)  # a URL without secrets, or an absolute path
    branch = models.CharField(max_length=250, blank=True)  # "" follows the remote's default
    cron = models.CharField(max_length=100, blank=True)  # "" scans on request only
    time_zone = models.CharField(max_length=64, default="UTC")
    next_run_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    thinned_at = models.DateTimeField(null=True, blank=True, db_index=True)  # old points, last
    latest = models.ForeignKey(
        "Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "slug"], name="one_slug_a_team")]
        indexes = [models.Index(fields=["next_run_at"])]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A word by which a team finds and groups its repositories."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "name"], name="one_label_a_name")
        ]
        indexes = [models.Index(fields=["name", "repository"])]

    def __str__(self) -> str:
        return self.name


class Credential(models.Model):
    """A secret of one repository, encrypted; it can be replaced, never read back."""

    class Kind(models.TextChoices):
        """An access token for https, or a deploy key for ssh."""

        TOKEN = "token"  # noqa: S105
        DEPLOY_KEY = "deploy-key"

    repository = models.OneToOneField(
        Repository, on_delete=models.CASCADE, related_name="credential"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    username = models.CharField(max_length=100, blank=True)
    ciphertext = models.BinaryField()
    known_hosts = models.TextField(blank=True)  # host key lines, confirmed once
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.repository}"


class Architecture(models.Model):
    """Layers, circles and parts of the latest snapshot, as `scanner.domain.architecture` has them.

    In a table of its own, so that no list of repositories carries it along.
    """

    repository = models.OneToOneField(
        Repository, on_delete=models.CASCADE, related_name="architecture"
    )
    content = models.JSONField()

    def __str__(self) -> str:
        return f"layers of {self.repository}"
