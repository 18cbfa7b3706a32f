"""The files of the latest snapshot: a list, worst first, and one file with its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from dashboard.names import parser_title
from dashboard.principles import LABELS, Label
from dashboard.queries.findings import FindingRow, glob_pattern, row_of, with_history
from scanner.storage.models import FileScore, Finding, Snapshot

PAGE_SIZE: Final = 50
_ORDERS: Final = {
    "points": ("-points_lost", "score", "path"),
    "score": ("score", "-points_lost", "path"),
    "lines": ("-lines", "path"),
    "path": ("path",),
}
SORTS: Final = tuple(_ORDERS)


@dataclass(frozen=True, slots=True)
class FileFilter:
    """What a reader asks for. With a principle, files without a site of it are left out."""

    principle: str = ""
    path: str = ""  # a glob, or a part of the path
    sort: str = "points"  # of SORTS


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `cells` are the principles with their score, in the order of the rubric."""

    path: str
    lines: int
    score: float
    points_lost: float
    findings: int
    cells: tuple[tuple[Label, float | None], ...]


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of the list."""

    rows: tuple[FileRow, ...]
    total: int
    number: int
    pages: int
    first: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the latest snapshot does not score, and why; and what it read by rewriting it."""

    excluded: tuple[tuple[str, str], ...] = ()  # (path, reason)
    unmeasured: tuple[tuple[str, str, int | None], ...] = ()  # (path, reason, line)
    rewritten: tuple[tuple[str, str], ...] = ()  # (path, constructs newer than the parser)
    parser: str = ""


@dataclass(frozen=True, slots=True)
class FileFinding:
    """An open finding that concerns a file: the line here, and the points this file bears."""

    row: FindingRow
    line: int
    points: float
    detail: str
    elsewhere: tuple[tuple[str, int], ...]  # the other places of the same finding


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of the latest snapshot, scored or not."""

    path: str
    commit: str
    rubric: str  # that judged it
    blob: str  # "" when the snapshot holds no row of it
    row: FileRow | None
    reason: str  # why it is not scored; "" when it is
    reason_line: int | None
    is_excluded: bool  # left out on purpose, not for want of being readable
    parser: str
    rewritten: str  # newer syntax that was read in an older shape; "" where there was none
    points_total: float  # what the whole repository loses
    findings: tuple[FileFinding, ...]  # by line
    changes: int | None = None  # in 90 days up to the commit; None where they were not counted


def page_of(repository_id: int, wanted: FileFilter, number: int) -> FilePage:
    """One page of the files that match; a number beyond the end is the last page."""
    paginator = Paginator(_files(repository_id, wanted), PAGE_SIZE)
    page = paginator.get_page(number)
    return FilePage(
        rows=tuple(_row(file) for file in page.object_list),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
        first=page.start_index(),
    )


def left_out(repository_id: int) -> LeftOut:
    """What is left out, unmeasured or rewritten; empty before the first snapshot."""
    snapshot = _latest(repository_id)
    if snapshot is None:
        return LeftOut()
    return LeftOut(
        excluded=tuple((item["path"], item["reason"]) for item in snapshot.excluded),
        unmeasured=tuple(
            (item["path"], item["reason"], item["line"]) for item in snapshot.unmeasured
        ),
        rewritten=tuple(
            (item["path"], ", ".join(item["constructs"])) for item in snapshot.rewritten
        ),
        parser=parser_title(snapshot.engine),
    )


def file_of(repository_id: int, path: str) -> FileView | None:
    """A file as the latest snapshot knows it; None when it names no such file."""
    snapshot = _latest(repository_id)
    if snapshot is None or "\0" in path:  # PostgreSQL takes no NUL, so no stored path has one
        return None
    file = FileScore.objects.filter(repository_id=repository_id, path=path).first()
    reason, line, is_excluded = ("", None, False) if file else _reason(snapshot, path)
    findings = _findings(repository_id, path)
    if file is None and not reason and not findings:
        return None
    return FileView(
        path=path,
        commit=snapshot.commit,
        rubric=snapshot.rubric,
        blob=file.blob if file else "",
        row=_row(file) if file else None,
        reason=reason,
        reason_line=line,
        is_excluded=is_excluded,
        parser=parser_title(snapshot.engine),
        rewritten=_rewritten(snapshot, path),
        points_total=100 - snapshot.score,
        findings=findings,
        changes=file.changes_90 if file else None,
    )


def _files(repository_id: int, wanted: FileFilter) -> QuerySet[FileScore]:
    found = FileScore.objects.filter(repository_id=repository_id)
    if wanted.path:
        found = found.filter(path__regex=glob_pattern(wanted.path))
    if wanted.principle in LABELS:
        found = found.filter(scores__has_key=wanted.principle)
        if wanted.sort == "score":
            worst = KeyTransform(wanted.principle, "scores")
            return found.order_by(worst, "-points_lost", "path")
    return found.order_by(*_ORDERS.get(wanted.sort, _ORDERS["points"]))


def _row(file: FileScore) -> FileRow:
    scores: Mapping[str, float] = file.scores
    return FileRow(
        path=file.path,
        lines=file.lines,
        score=file.score,
        points_lost=file.points_lost,
        findings=file.findings,
        cells=tuple((label, scores.get(key)) for key, label in LABELS.items()),
    )


def _latest(repository_id: int) -> Snapshot | None:
    return Snapshot.objects.filter(repository_id=repository_id, repository__latest=F("id")).first()


def _rewritten(snapshot: Snapshot, path: str) -> str:
    found = (item["constructs"] for item in snapshot.rewritten if item["path"] == path)
    return ", ".join(next(found, ()))


def _reason(snapshot: Snapshot, path: str) -> tuple[str, int | None, bool]:
    for item in snapshot.unmeasured:
        if item["path"] == path:
            return item["reason"], item["line"], False
    for item in snapshot.excluded:
        if item["path"] == path:
            return item["reason"], None, True
    return "", None, False


def _findings(repository_id: int, path: str) -> tuple[FileFinding, ...]:
    """Open findings of the file, those over several files included, in one query."""
    here = Q(path=path) | ~Q(related=[])
    found = with_history(
        Finding.objects.filter(here, repository_id=repository_id, fixed_in=None),
        "detail",
        "related",
        "charges",
    )
    return tuple(sorted(_concerning(found, path), key=lambda item: (item.line, -item.points)))


def _concerning(findings: Iterable[Finding], path: str) -> Iterable[FileFinding]:
    for finding in findings:
        places = [(finding.path, finding.line)]
        places += [(place["path"], place["line"]) for place in finding.related]
        lines = [line for at, line in places if at == path]
        if lines:
            yield FileFinding(
                row=row_of(finding),
                line=lines[0],
                points=_share(finding, path),
                detail=finding.detail,
                elsewhere=tuple(place for place in places if place[0] != path),
            )


def _share(finding: Finding, path: str) -> float:
    """The points of a finding that this file bears."""
    if not finding.cost:
        return 0.0
    cost: int = sum(charge["cost"] for charge in finding.charges if charge["path"] == path)
    return float(finding.points * cost / finding.cost)
