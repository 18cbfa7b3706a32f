"""Two points of a repository side by side, as soon as a worker has judged them."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from ninja import Query, Router, Status

from dashboard.api.compare_schemas import ComingOut, CompareOut
from dashboard.api.door import reads, scans
from dashboard.api.problems import FieldError
from dashboard.api.schemas import Problem, Refusal
from dashboard.compare_choice import Choice, choice_of
from dashboard.compare_points import LONGEST, Point
from dashboard.queries.answers import Answer
from dashboard.queries.api import repository
from dashboard.queries.compare import ComparisonState, comparison_of, points_of
from scanner import bootstrap
from scanner.application.compare_document import compare_document
from scanner.application.comparisons import FAULT
from scanner.domain.errors import UserError

router = Router(tags=["verdicts"])
RETRY_AFTER: Final = 2  # seconds
_REFUSED = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Refusal}
_ANSWERS = {200: CompareOut, 202: ComingOut, **_REFUSED}
_PATH: Final = "/repositories/{int:repository_id}/compare"
Before = Annotated[str, Query("", alias="from", max_length=LONGEST)]
After = Annotated[str, Query("", alias="to", max_length=LONGEST)]


@router.get(_PATH, response=_ANSWERS, auth=reads, by_alias=True)
def compare(
    request: HttpRequest,
    response: HttpResponse,
    repository_id: int,
    before: Before,
    after: After,
) -> Answer | Status[Answer]:
    """What moved the score; 202 while a worker judges. By default the last scan and the one before.

    `from` and `to` are each a commit, a release tag, a day like 2025-01-31, or `snapshot-ID` with
    an id of the list of snapshots.
    """
    choice = _chosen(request, repository_id, before, after)
    ends = _ends(choice)
    number = bootstrap.comparisons().ask(repository_id, *(end.asked for end in ends))
    state = comparison_of(repository_id, number)
    if state.record is not None:
        return compare_document(state.record)
    if not state.is_live:
        code = state.error_code or FAULT.code
        raise UserError(
            code, state.error_message or FAULT.message, state.error_next_step or FAULT.next_step
        )
    return _coming(response, repository_id, choice, state)


@router.post(_PATH, response={202: ComingOut, **_REFUSED}, auth=scans)
def compare_again(
    request: HttpRequest,
    response: HttpResponse,
    repository_id: int,
    before: Before,
    after: After,
) -> Status[Answer]:
    """Try a comparison again that failed; then ask for it as before."""
    choice = _chosen(request, repository_id, before, after)
    asked = [end.asked for end in _ends(choice)]
    number = bootstrap.comparisons().again(repository_id, *asked)
    return _coming(response, repository_id, choice, comparison_of(repository_id, number))


def _chosen(request: HttpRequest, repository_id: int, before: str, after: str) -> Choice:
    """The two points that a query names. Raises Http404, and UserError for a plain folder."""
    row = repository(request.user, repository_id)
    points = points_of(request.user, row.team.slug, row.slug)
    if points.is_folder:
        raise UserError(
            "compare.folder",
            "A plain folder has no commits to compare.",
            "Register a git repository in its place.",
        )
    given = QueryDict(mutable=True)
    given.update({"from": _verdict(before), "to": _verdict(after)})
    return choice_of(points, given)


def _verdict(text: str) -> str:
    """A snapshot by the name that pages give it."""
    return text.strip().replace("snapshot-", "verdict-", 1)


def _ends(choice: Choice) -> tuple[Point, Point]:
    """Both points. Raises FieldError for one that is none."""
    for field, problem in zip(("from", "to"), choice.problems, strict=True):
        if problem:
            step = "Give a commit, a release tag, a day or snapshot-ID with an id of the snapshots."
            raise FieldError(field, UserError("compare.unknown", problem, step))
    if choice.before is None or choice.after is None:
        message = "There is no scan before the last one to compare it with."
        step = "Give two points as from and to, or scan again after the next commit."
        raise FieldError("from", UserError("compare.nothing", message, step))
    return choice.before, choice.after


def _coming(
    response: HttpResponse, repository_id: int, choice: Choice, state: ComparisonState
) -> Status[Answer]:
    """Where to ask again, and when."""
    address = reverse("api:compare", args=[repository_id])
    query = urlencode(dict(zip(("from", "to"), choice.texts, strict=True)))
    response["Retry-After"] = str(RETRY_AFTER)
    return Status(
        202,
        {
            "status": state.status if state.is_live else "queued",
            "phase": state.phase,
            "done": state.done,
            "total": state.total,
            "again": f"{address}?{query}",
        },
    )
