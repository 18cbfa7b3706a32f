"""Two points side by side: what moved the score, down to the line, and who to talk to about it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dashboard.addresses import file_address, past_file_address
from dashboard.charts.scale import shown_change
from dashboard.compare_choice import Choice, choice_of
from dashboard.compare_points import last_step, offers, ways
from dashboard.comparison import cause, commits, fall, noteworthy, sentence
from dashboard.csv_comparison import csv_lines
from dashboard.drill import FINDINGS, Drill, Row, wanted_of
from dashboard.paging import Pager, page_number
from dashboard.queries.compare import (
    ComparisonState,
    Points,
    comparison_of,
    is_in_short,
    points_of,
    scans_of,
)
from dashboard.terminal.comparison import as_markdown
from dashboard.views.partial import wants_partial
from scanner import bootstrap
from scanner.application.compare_document import compare_document
from scanner.application.comparison_record import ComparisonRecord

FORMATS: Final = ("json", "csv", "markdown")
ROWS: Final = 50  # of one page of the list
GONE: Final = {"fixed", "structure"}  # kinds whose findings, where they raise the score, are gone


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponseBase:
    """The page; while a worker judges, how far it is; a file for `format=json|csv|markdown`."""
    points = points_of(request.user, team, slug)
    choice = choice_of(points, request.GET)
    context = {**_frame(points, choice), "choice": choice}
    if choice.before is None or choice.after is None or points.is_folder:
        return render(request, "compare.html", context)
    number = bootstrap.comparisons().ask(points.frame.id, choice.before.asked, choice.after.asked)
    state = comparison_of(points.frame.id, number)
    if state.record is not None and request.GET.get("format"):
        return _export(request, state.record, points)
    if state.record is None or wants_partial(request):
        return _waiting(request, context, state)
    return render(request, "compare.html", {**context, **_story(request, points, choice, state)})


@require_safe
def steps(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """How far the exact parts since the last scan are; the page is drawn again once they are."""
    points = points_of(request.user, team, slug)
    choice = choice_of(points, QueryDict())
    context: dict[str, object] = {"frame": points.frame, "wait": "load delay:1s"}
    is_told = False
    if choice.before is not None and choice.after is not None and not points.is_folder:
        asked = choice.before.asked, choice.after.asked
        number = bootstrap.comparisons().ask(points.frame.id, *asked)
        state = comparison_of(points.frame.id, number)
        is_told = is_in_short(choice.before.moment, choice.after.moment)
        context |= {"is_coming": state.is_live or is_told, "error": state.error_message}
    response = render(request, "_partials/changed_waiting.html", context)
    response["Cache-Control"] = "no-store"
    if is_told:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def again(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """Try a comparison again that failed."""
    points = points_of(request.user, team, slug)
    choice = choice_of(points, request.POST)
    if choice.before is not None and choice.after is not None:
        bootstrap.comparisons().again(points.frame.id, choice.before.asked, choice.after.asked)
    return redirect(f"{reverse('compare', args=[team, slug])}?{choice.query}")


def _frame(points: Points, choice: Choice) -> dict[str, object]:
    """The head of the page, whatever there is to show."""
    history = points.history
    quick = [
        (way.words, f"?{urlencode({'from': way.before, 'to': way.after})}",
         (way.before, way.after) == choice.texts)
        for way in ways(history, last_step(history, points.latest))
    ]  # fmt: skip
    return {
        "frame": points.frame,
        "tab": "overview",
        "crumb": "Compare",
        "is_folder": points.is_folder,
        "quick": quick,
        "offers": offers(history),
    }


def _waiting(
    request: HttpRequest, context: dict[str, object], state: ComparisonState
) -> HttpResponse:
    """How far it is, or why there is no answer."""
    template = "_partials/compare_waiting.html" if wants_partial(request) else "compare.html"
    response = render(request, template, {**context, "state": state})
    response["Cache-Control"] = "no-store"
    if wants_partial(request) and not state.is_live:
        response["HX-Refresh"] = "true"
    return response


def _story(
    request: HttpRequest, points: Points, choice: Choice, state: ComparisonState
) -> dict[str, object]:
    """The sections of a comparison that is done."""
    record, before, after = state.record, choice.before, choice.after
    if record is None or before is None or after is None:
        raise ValueError("a comparison that is done has two points")
    drill = Drill(record, wanted_of(request.GET.dict()), choice.query)
    rows, number = drill.rows, page_number(request)
    pages = max(-(-len(rows) // ROWS), 1)
    number = min(max(number, 1), pages)
    shown = rows[(number - 1) * ROWS : number * ROWS]
    every = commits(drill)
    names = [point.words for point in (before, after)]
    if names[0] == names[1]:
        names = [point.commit[:8] for point in (record.before, record.after)]
    if names[0] == names[1]:
        names = ["Before", "After"]
    return {
        "record": record,
        "names": names,
        "sentence": sentence(record),
        "cause": cause(record),
        "moved": shown_change(record.after.score, record.before.score),
        "waterfall": fall(drill, *names),
        "drill": drill,
        "by_findings": drill.wanted.by == FINDINGS,
        "rows": [(row, _line(row, points, record, choice)) for row in shown],
        "total": len(rows),
        "pager": Pager(request.GET, number, pages),
        "commits": every,
        "noteworthy": noteworthy(every),
        "scans": scans_of(points.frame.id, [each.step.commit for each in every]),
        "exports": [(form, f"?{choice.query}&format={form}") for form in FORMATS],
    }


def _line(row: Row, points: Points, record: ComparisonRecord, choice: Choice) -> str:
    """Where the line of a finding is shown: as it is now, or as it was."""
    effect, frame = row.effect, points.frame
    is_gone = effect.kind in GONE and effect.effect > 0
    if not is_gone and record.after.commit == frame.commit:
        return file_address(frame.team_slug, frame.slug, effect.path, effect.line)
    side = "before" if is_gone else "after"
    return past_file_address(frame, effect.path, choice.query, side, effect.line)


def _export(request: HttpRequest, record: ComparisonRecord, points: Points) -> HttpResponseBase:
    """The comparison as a file, the same as `manage.py compare` prints it."""
    form = request.GET.get("format")
    name = f"{points.frame.slug}-{record.before.commit[:8]}-{record.after.commit[:8]}"
    if form == "json":
        response: HttpResponse = JsonResponse(compare_document(record))
        ending = "json"
    elif form == "csv":
        text = "".join(csv_lines(record))
        response, ending = HttpResponse(text, content_type="text/csv; charset=utf-8"), "csv"
    else:
        plain = "text/markdown; charset=utf-8"
        response, ending = HttpResponse(as_markdown(record), content_type=plain), "md"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
