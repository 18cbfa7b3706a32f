"""Scans, snapshots, trends and findings of a repository, and the rubric they were judged by."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from dashboard.api.door import reads, scans
from dashboard.api.problems import FieldError, RoleError
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
from dashboard.queries.instants import instant_of
from dashboard.queries.rubrics import default_rubric
from dashboard.views.errors import LEADS_ONLY
from scanner import bootstrap
from scanner.domain.errors import UserError

router = Router(tags=["verdicts"])
Digits = Annotated[str, Query("", pattern="^([0-9a-fA-F]{4,64})?$")]
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
    until: date | None = None,
) -> Answer:
    """Every verdict that is kept, newest commit first; from one day in UTC to another, both in."""
    rows, total = queries.snapshots(
        request.user, repository_id, _span(since, until), queries.Window(limit, offset)
    )
    return {"items": [snapshot_answer(row) for row in rows], "total": total}


@router.get(
    "/repositories/{int:repository_id}/trend",
    response={200: TrendOut, **_REFUSED},
    auth=reads,
    by_alias=True,
)
def trend(
    request: HttpRequest,
    repository_id: int,
    since: date | None = None,
    until: date | None = None,
) -> Answer:
    """The past, oldest first, one point a commit; from one day in UTC to another, both in."""
    points = queries.trend(request.user, repository_id, _span(since, until))
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
    at: Digits,
    page: Annotated[int, Query(1, ge=1, le=1_000_000)],
    state: State = "open",
) -> Answer:
    """Findings by points, dearest first, 50 a page; `path` is a glob or a part of the path.

    With `at`, a commit that was scanned: those that were there then, whatever their state is now.
    Points and costs are those of the last snapshot that had them.
    """
    frame = queries.frame_by_id(request.user, repository_id)
    turn = _turn(frame.id, at) if at else 0
    wanted = FindingFilter(state, rule, principle, path, text, turn=turn)
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


def _turn(repository_id: int, commit: str) -> int:
    """The turn at which a commit was scanned. Raises FieldError."""
    instant = instant_of(repository_id, commit, commit)
    if instant.turn:
        return instant.turn
    if instant.is_ambiguous:
        problem, step = "Several commits begin like this.", "Give more digits."
    elif instant.commit:
        problem = "This is a point of the past; the API lists findings of scanned commits alone."
        step = "Its findings are on the page of the list with at=, and there as CSV."
    else:
        problem, step = (
            "No snapshot is of this commit.",
            "The list of snapshots has those that are.",
        )
    raise FieldError("at", UserError("commit.unknown", problem, step))


def _span(since: date | None, until: date | None) -> queries.Span:
    """The moments of two days. Raises FieldError where the one is after the other."""
    if since and until and since > until:
        raise FieldError(
            "until",
            UserError("span.empty", "The last day is before the first.", "Change the two around."),
        )
    end = until + timedelta(days=1) if until and until < date.max else None
    return queries.Span(_moment(since), _moment(end))


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
