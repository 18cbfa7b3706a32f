"""The files of a repository's latest snapshot."""

from __future__ import annotations

from collections import Counter

from scanner.application.records import Verdict
from scanner.domain.findings import FileScore as FileVerdict
from scanner.storage.models import FileScore
from scanner.storage.texts import clean_path, finite

_FIELDS = ("blob", "lines", "score", "points_lost", "scores", "findings")


def store(repository_id: int, verdict: Verdict) -> None:
    """Replace what is kept of the files; rows that stay the same are not touched."""
    known = {
        path: values
        for path, *values in FileScore.objects.filter(repository_id=repository_id).values_list(
            "path", *_FIELDS
        )
    }
    findings = Counter(finding.path for finding in verdict.assessment.findings)
    changed = []
    for file in verdict.assessment.files:
        path = clean_path(file.path)
        values = _values(file, verdict.blobs.get(file.path, ""), findings[file.path])
        if known.pop(path, None) != values:
            fields = dict(zip(_FIELDS, values, strict=True))
            changed.append(FileScore(repository_id=repository_id, path=path, **fields))
    _delete(repository_id, list(known))
    FileScore.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["repository", "path"],
        update_fields=_FIELDS,
    )


def _values(file: FileVerdict, blob: str, findings: int) -> list[object]:
    scores = {key: finite(score) for key, score in file.scores}
    return [blob, file.lines, finite(file.score), finite(file.points_lost), scores, findings]


def _delete(repository_id: int, paths: list[str]) -> None:
    for start in range(0, len(paths), 500):
        FileScore.objects.filter(
            repository_id=repository_id, path__in=paths[start : start + 500]
        ).delete()
