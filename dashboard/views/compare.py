"""Two points side by side: what moved the score, down to the line, and who to talk to about it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dashboard.compare_choice import Choice, choice_of
from dashboard.compare_points import last_step, offers, ways
from dashboard.compare_story import story
from dashboard.csv_comparison import csv_lines
from dashboard.queries.compare import (
    ComparisonState,
    Points,
    comparison_of,
    is_in_short,
    points_of,
    scans_of,
)
from dashboard.templatetags.figures import ago
from dashboard.terminal.comparison import as_markdown
from dashboard.views.partial import wants_partial
from dashboard.views.revalidation import kept
from scanner import bootstrap
from scanner.application.compare_document import compare_document
from scanner.application.comparison_record import ComparisonRecord

FORMATS: Final = ("json", "csv", "markdown")


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page; while a worker judges, how far it is; a file for `format=json|csv|markdown`."""
    points = points_of(request.user, team, slug)
    choice = choice_of(points, request.GET)
    context = {**_frame(points, choice), "choice": choice}
    if choice.before is None or choice.after is None or points.is_folder:
        return render(request, "compare.html", context)
    number = bootstrap.comparisons().ask(points.frame.id, choice.before.asked, choice.after.asked)
    state = comparison_of(points.frame.id, number)
    record = state.record
    if record is not None and request.GET.get("format"):
        return kept(request, state.made, lambda: _export(request, record, points))
    if record is None or wants_partial(request):
        return _waiting(request, context, state)
    frame = points.frame
    made = (frame, ago(frame.scanned_at), context["quick"], context["offers"], state.made)
    return kept(request, made, lambda: _told(request, context, points, choice, record))


@require_safe
def steps(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """How far the exact parts since the previous scan are; once they are, all is drawn again."""
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


def _told(
    request: HttpRequest,
    context: dict[str, object],
    points: Points,
    choice: Choice,
    record: ComparisonRecord,
) -> HttpResponse:
    """A comparison that is done."""
    told = story(record, points.frame, choice, request)
    scans = scans_of(points.frame.id, [each.step.commit for each in told.commits])
    exports = [(form, f"?{choice.query}&format={form}") for form in FORMATS]
    more = {**told.context, "scans": scans, "exports": exports}
    return render(request, "compare.html", {**context, **more})


def _export(request: HttpRequest, record: ComparisonRecord, points: Points) -> HttpResponse:
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
