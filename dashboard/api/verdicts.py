"""Scans, snapshots, trends and findings of a repository, and the rubric they were judged by."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from dashboard.api.door import reads, scans
from dashboard.api.problems import RoleError
from dashboard.api.repositories import Limit, Offset
from dashboard.api.schemas import (
    FindingPage,
    Problem,
    Refusal,
    RubricOut,
    ScanOut,
    ScanPage,
    SnapshotPage,
    TrendOut,
)
from dashboard.queries import api as queries
from dashboard.queries.answers import (
    Answer,
    finding_answer,
    point_answer,
    rubric_answer,
    scan_answer,
    snapshot_answer,
)
from dashboard.queries.findings import FindingFilter, page_of
from dashboard.queries.rubrics import default_rubric
from dashboard.views.errors import LEADS_ONLY
from scanner import bootstrap

router = Router(tags=["verdicts"])
State = Literal["open", "new", "accepted", "fixed"]
Text = Annotated[str, Query("", max_length=200)]
_REFUSED = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Refusal}


@router.post(
    "/repositories/{int:repository_id}/scans", response={202: ScanOut, **_REFUSED}, auth=scans
)
def ask(request: HttpRequest, repository_id: int) -> Status[Answer]:
    """Ask for a scan; while one waits already, that one is the answer."""
    if not queries.frame_by_id(request.user, repository_id).may_change:
        raise RoleError(LEADS_ONLY)
    asked = bootstrap.scan_requests().request(repository_id)
    return Status(202, scan_answer(queries.scan(request.user, asked.id)))


@router.get(
    "/repositories/{int:repository_id}/scans", response={200: ScanPage, **_REFUSED}, auth=reads
)
def scan_list(request: HttpRequest, repository_id: int, limit: Limit, offset: Offset) -> Answer:
    """The scans of a repository, newest first, backfills of its past among them."""
    rows, total = queries.scans(request.user, repository_id, queries.Window(limit, offset))
    return {"items": [scan_answer(row) for row in rows], "total": total}


@router.get("/scans/{int:scan_id}", response={200: ScanOut, **_REFUSED}, auth=reads)
def scan(request: HttpRequest, scan_id: int) -> Answer:
    """One scan: ask again until its status is "done" or "failed"."""
    return scan_answer(queries.scan(request.user, scan_id))


@router.get(
    "/repositories/{int:repository_id}/snapshots",
    response={200: SnapshotPage, **_REFUSED},
    auth=reads,
)
def snapshots(
    request: HttpRequest,
    repository_id: int,
    limit: Limit,
    offset: Offset,
    since: date | None = None,
) -> Answer:
    """Every verdict that is kept, newest commit first; `since` is a day in UTC."""
    rows, total = queries.snapshots(
        request.user, repository_id, _moment(since), queries.Window(limit, offset)
    )
    return {"items": [snapshot_answer(row) for row in rows], "total": total}


@router.get(
    "/repositories/{int:repository_id}/trend",
    response={200: TrendOut, **_REFUSED},
    auth=reads,
    by_alias=True,
)
def trend(request: HttpRequest, repository_id: int, since: date | None = None) -> Answer:
    """The whole past, oldest first, one point a commit; `since` is a day in UTC."""
    points = queries.trend(request.user, repository_id, _moment(since))
    return {
        "schema": "codevitals.history/1",
        "points": [point_answer(point) for point in points],
    }


@router.get(
    "/repositories/{int:repository_id}/findings",
    response={200: FindingPage, **_REFUSED},
    auth=reads,
)
def findings(
    request: HttpRequest,
    repository_id: int,
    rule: Text,
    principle: Text,
    path: Text,
    text: Text,
    page: Annotated[int, Query(1, ge=1, le=1_000_000)],
    state: State = "open",
) -> Answer:
    """Findings by points, dearest first, 50 a page; `path` is a glob or a part of the path."""
    frame = queries.frame_by_id(request.user, repository_id)
    wanted = FindingFilter(state=state, rule=rule, principle=principle, path=path, text=text)
    found = page_of(frame.id, wanted, page)
    return {
        "items": [finding_answer(row) for row in found.rows],
        "total": found.total,
        "page": found.number,
        "pages": found.pages,
    }


@router.get("/rubric", response={200: RubricOut, 401: Problem}, auth=reads)
def rubric(request: HttpRequest) -> Answer:
    """The default rubric: what each principle weighs, and its rules."""
    return rubric_answer(default_rubric())


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
