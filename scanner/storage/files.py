"""The files of a repository's latest snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from scanner.application.records import Verdict
from scanner.domain.churn import NEVER, Churn
from scanner.domain.findings import FileScore as FileVerdict
from scanner.storage.columns import set_column
from scanner.storage.models import FileScore
from scanner.storage.texts import clean_path, finite

_FIELDS = (
    "blob", "lines", "score", "scores", "findings", "changes_30", "changes_90", "changes_365"
)  # fmt: skip


def store(repository_id: int, verdict: Verdict) -> None:
    """Replace what is kept of the files; rows that stay the same are not touched.

    Most rows differ in their points alone, which are written in a cheaper way.
    """
    rows = FileScore.objects.filter(repository_id=repository_id)
    columns = rows.values_list("path", "pk", "points_lost", *_FIELDS)
    known = {row[0]: row[1:] for row in columns}
    findings = Counter(each.path for each in verdict.assessment.findings if not each.accepted)
    changed, moved = [], []
    for file in verdict.assessment.files:
        path = clean_path(file.path)
        counted = (verdict.blobs.get(file.path, ""), findings[file.path])
        values = _values(file, *counted, _changes(verdict.churn, file.path))
        before = known.pop(path, None)
        if before is None or before[2:] != values:
            changed.append(_row(repository_id, path, file.points_lost, values))
        elif before[1] != file.points_lost:
            moved.append((finite(file.points_lost), before[0]))
    _delete([pk for pk, *_ in known.values()])
    FileScore.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["repository", "path"],
        update_fields=["points_lost", *_FIELDS],
    )
    set_column(FileScore, "points_lost", moved)


def _values(
    file: FileVerdict, blob: str, findings: int, changes: tuple[int | None, ...]
) -> tuple[object, ...]:
    scores = {key: finite(score) for key, score in file.scores}
    return (blob, file.lines, finite(file.score), scores, findings, *changes)


def _changes(churn: Mapping[str, Churn] | None, path: str) -> tuple[int | None, ...]:
    """By window, the shortest first; None where it is not known."""
    return (None, None, None) if churn is None else churn.get(path, NEVER)


def _row(
    repository_id: int, path: str, points_lost: float, values: tuple[object, ...]
) -> FileScore:
    return FileScore(
        repository_id=repository_id,
        path=path,
        points_lost=finite(points_lost),
        **dict(zip(_FIELDS, values, strict=True)),
    )


def _delete(keys: list[int]) -> None:
    for start in range(0, len(keys), 500):
        FileScore.objects.filter(pk__in=keys[start : start + 500]).delete()
