"""Rows as the API tells them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dashboard.names import rule_title
from dashboard.principles import LABELS
from dashboard.queries.api import Judged
from dashboard.queries.findings import FindingRow
from scanner.domain.rubric import Rubric
from scanner.rules.catalogue import CATALOGUE
from scanner.rules.pages import read_page
from scanner.storage.models import Repository, Scan, Snapshot

Answer = dict[str, Any]
"""What a schema of dashboard.api.schemas is made from."""

_VERDICT = (
    "commit", "committed_at", "score", "strict_score", "grade", "coverage", "lines", "modules",
    "open_findings", "new_findings", "fixed_findings", "engine", "rubric",
)  # fmt: skip
_SNAPSHOT = (
    "id", "commit", "committed_at", "score", "strict_score", "coverage", "lines", "engine",
    "rubric", "backfilled", "vanished",
)  # fmt: skip
_SCAN = (
    "id", "kind", "status", "trigger", "phase", "done", "total", "created_at", "started_at",
    "finished_at",
)  # fmt: skip
_FINDING = (
    "fingerprint", "rule", "principle", "state", "path", "line", "symbol", "message", "points",
    "since_commit", "since", "reason",
)  # fmt: skip


def repository_answer(row: Repository) -> Answer:
    """A repository with its latest verdict."""
    return {
        "id": row.pk,
        "team": row.team.slug,
        "slug": row.slug,
        "name": row.name,
        "url": row.address,
        "branch": row.branch,
        "schedule": row.cron,
        "time_zone": row.time_zone,
        "created_at": row.created_at,
        "page": reverse("repository", args=[row.team.slug, row.slug]),
        "latest": _taken(row.latest, _VERDICT) if row.latest else None,
    }


def scan_answer(row: Scan) -> Answer:
    """A scan with what it led to. What is for operators alone stays here."""
    failed = row.status == Scan.Status.FAILED
    problem = {
        "code": row.error_code, "message": row.error_message, "next_step": row.error_next_step,
    }  # fmt: skip
    snapshot: Snapshot | None = row.snapshot
    return {
        **_taken(row, _SCAN),
        "repository": row.repository_id,
        "commit": snapshot.commit if snapshot else None,
        "score": snapshot.score if snapshot else None,
        "error": problem if failed else None,
    }


def snapshot_answer(judged: Judged) -> Answer:
    """A snapshot with its principles."""
    return {**_taken(judged.row, _SNAPSHOT), "principles": judged.principles}


def point_answer(judged: Judged) -> Answer:
    """A point as `manage.py history` prints it."""
    row = judged.row
    return {
        "commit": row.commit,
        "committed_at": row.committed_at,
        "score": row.score,
        "coverage": row.coverage,
        "lines": row.lines,
        "principles": {key: judged.principles.get(key) for key in LABELS},
    }


def finding_answer(row: FindingRow) -> Answer:
    """A finding of a list."""
    return {**_taken(row, _FINDING), "effort_minutes": row.effort}


def rubric_answer(rubric: Rubric) -> Answer:
    """A rubric with its rules."""
    return {
        "version": rubric.version,
        "principles": [
            {
                "key": entry.principle.key,
                "name": LABELS[entry.principle.key].name,
                **_taken(rubric.by_key[entry.principle.key], ("weight", "rigour", "grace")),
                "rules": [
                    {
                        "code": rule.code,
                        "name": rule_title(rule.code),
                        "summary": read_page(rule.page).summary,
                        "effort_minutes": rule.effort,
                        "off": rule.code in rubric.rules_off,
                    }
                    for rule in entry.rules
                ],
            }
            for entry in CATALOGUE
        ],
    }


def _taken(row: object, names: tuple[str, ...]) -> Answer:
    return {name: getattr(row, name) for name in names}
