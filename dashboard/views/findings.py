"""The findings of one repository: a list with filters in its address, and the same as CSV."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from dashboard.csv_export import csv_lines
from dashboard.forms.filters import FindingFilterForm
from dashboard.names import principle_choices, rule_choices
from dashboard.paging import Pager, page_number, shared_address
from dashboard.queries import findings as queries
from dashboard.queries.acceptances import standing, uncounted
from dashboard.queries.access import Frame, frame_of
from dashboard.queries.instants import Instant, instant_of
from dashboard.queries.origins import is_being_looked_up
from dashboard.views import findings_then
from dashboard.views.partial import wants_partial


@require_safe
def findings(request: HttpRequest, team: str, slug: str) -> HttpResponseBase:
    """The list; its results alone for htmx, a file for `format=csv`."""
    frame = frame_of(request.user, team, slug)
    rules = rule_choices(queries.rules_in_use(frame.id))
    form = FindingFilterForm(request.GET, rules=rules, principles=principle_choices())
    asked = request.GET.get("at", "").strip()
    instant = instant_of(frame.id, asked, form.given("at")) if asked else None
    if instant is not None and instant.is_past:
        return findings_then.show(request, frame, instant)
    if request.GET.get("format") == "csv":
        return _csv(frame, form, instant)
    return _page(request, frame, form, instant)


def _page(
    request: HttpRequest, frame: Frame, form: FindingFilterForm, instant: Instant | None
) -> HttpResponse:
    wanted = _wanted(form, instant)
    page = queries.page_of(frame.id, wanted, page_number(request))
    context = {
        "frame": frame,
        "tab": "findings",
        "form": form,
        "wanted": wanted,
        "page": page,
        "pager": Pager(request.GET, page.number, page.pages),
        "counts": None if instant else queries.state_counts(frame.id),
        "instant": instant,
        "absorbed": queries.absorbed(frame.id, wanted.turn) if wanted.turn else (),
        "may_choose": instant is None and frame.may_change and wanted.state in {"open", "new"},
        "listed": [(row, None) for row in page.rows] if instant else _listed(frame, page),
        "uncounted": uncounted(frame.id) if wanted.state == "accepted" else (),
        "is_filtered": form.is_narrowed(),
        "is_looked_up": is_being_looked_up(frame.id),
    }
    is_partial = wants_partial(request)
    template = "_partials/findings_results.html" if is_partial else "findings.html"
    response = render(request, template, {**context, "is_partial": is_partial})
    if is_partial:
        push_url(response, shared_address(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wanted(form: FindingFilterForm, instant: Instant | None) -> queries.FindingFilter:
    return replace(form.wanted(), turn=instant.turn) if instant else form.wanted()


def _listed(frame: Frame, page: queries.FindingPage) -> list[tuple[queries.FindingRow, object]]:
    """Each row with the team's word on it, or None."""
    words = standing(frame.id, [row.fingerprint for row in page.rows])
    return [(row, words.get(row.fingerprint)) for row in page.rows]


def _csv(frame: Frame, form: FindingFilterForm, instant: Instant | None) -> StreamingHttpResponse:
    if instant is not None and not instant.turn:
        raise Http404("no findings are stored of this point")
    rows = queries.stream(frame.id, _wanted(form, instant))
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{frame.slug}-findings.csv"'
    return response
