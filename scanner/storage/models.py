"""Rows of teams, repositories, scans and verdicts.

Costs and masses are whole millionths. Everything that came from a repository was cleaned of NUL
and lone surrogates before it got here, and is still hostile text.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Team(models.Model):
    """The owner of repositories."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's place in a team."""

    class Role(models.TextChoices):
        """What a member may do: see; add, scan and change; also delete and hold credentials."""

        VIEWER = "viewer"
        LEAD = "lead"
        OWNER = "owner"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.VIEWER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="one_place_a_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team} as {self.role}"


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
    latest = models.ForeignKey(
        "Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "slug"], name="one_slug_a_team")]
        indexes = [models.Index(fields=["next_run_at"])]

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

    class Kind(models.TextChoices):
        """A scan of the branch's head, or a backfill of its history."""

        SCAN = "scan"
        BACKFILL = "backfill"

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="scans")
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
    every = models.CharField(max_length=6, default="week")  # of a backfill: "week" | "commit"
    points = models.PositiveIntegerField(default=0)  # of a backfill: stored so far
    points_total = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=60, blank=True)  # of a backfill: what it judges with
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
        ]

    def __str__(self) -> str:
        return f"scan {self.pk} of {self.repository}"


class Snapshot(models.Model):
    """The verdict on one commit by one engine and rubric."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="snapshots")
    commit = models.CharField(max_length=64)  # of a plain folder: a digest of its files
    committed_at = models.DateTimeField()
    author = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    is_first = models.BooleanField(default=False)  # nothing was known before: nothing is new
    backfilled = models.BooleanField(default=False)  # a point of the past, without findings
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
    unmeasured = models.JSONField(default=list)  # [{"path", "reason", "line", "lines"}]
    notices = models.JSONField(default=list)  # [text]
    rewritten = models.JSONField(default=list)  # [{"path", "constructs"}]: read in an older shape
    uncounted = models.JSONField(default=list)  # [{"path", "line", "why"}]: comments
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
        indexes = [models.Index(fields=["repository", "-committed_at"])]

    def __str__(self) -> str:
        return f"{self.repository} at {self.commit[:8]}"

    @property
    def is_partial(self) -> bool:
        """Under 95 % measured: drawn hollow, passes no gate."""
        return self.coverage < 0.95


class PrincipleScore(models.Model):
    """One principle of a snapshot; masses in millionths."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="principles")
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

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    blob = models.CharField(max_length=64, blank=True)
    lines = models.PositiveIntegerField()
    score = models.FloatField()
    points_lost = models.FloatField()
    scores = models.JSONField(default=dict)  # {principle: score}
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "path"], name="one_score_a_file")
        ]
        indexes = [models.Index(fields=["repository", "-points_lost"])]

    def __str__(self) -> str:
        return self.path


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

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="findings")
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
            models.Index(fields=["repository", "fixed_in", "-points"]),
            models.Index(fields=["repository", "fixed_in", "rule"]),
            models.Index(fields=["repository", "fixed_in", "path"]),
        ]
        ordering = [F("points").desc(), "path", "line"]

    def __str__(self) -> str:
        return f"{self.rule} {self.path}:{self.line}"


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


class Beat(models.Model):
    """When the last tick ran; one row."""

    name = models.CharField(max_length=20, unique=True)
    ticked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.ticked_at:%Y-%m-%d %H:%M:%S}"
