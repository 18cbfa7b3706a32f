"""The findings as of a point of the past: what a backfill found, judged again for its lines."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from dashboard.addresses import then_address
from dashboard.csv_past import csv_lines
from dashboard.forms.filters import FindingFilterForm
from dashboard.names import principle_choices, rule_choices
from dashboard.paging import Pager, is_number, page_number, shared_address
from dashboard.queries import past_findings as queries
from dashboard.queries.access import Frame, frame_of
from dashboard.queries.findings import FindingFilter
from dashboard.queries.instants import Instant, instant_of
from dashboard.source import SourceLine, SourcePart, read_part
from dashboard.views.partial import wants_partial
from scanner import bootstrap
from scanner.application.past_lines import Spot, Spots
from scanner.application.reading import FileContent
from scanner.domain.errors import UserError


def show(request: HttpRequest, frame: Frame, instant: Instant) -> HttpResponseBase:
    """The list; its results alone for htmx, a file for `format=csv`."""
    rules = rule_choices(queries.rules_of(instant))
    form = FindingFilterForm(request.GET, rules=rules, principles=principle_choices())
    form.offer_orders("points", "path", "rule")
    wanted = form.wanted()
    if request.GET.get("format") == "csv":
        return _csv(frame, instant, wanted)
    return _page(request, frame, instant, form)


def _page(
    request: HttpRequest, frame: Frame, instant: Instant, form: FindingFilterForm
) -> HttpResponse:
    wanted, number = form.wanted(), page_number(request)
    spots, problem = _spots(instant, lambda: queries.paths_of_page(instant, wanted, number))
    is_whole = spots is not None and spots.is_whole
    page = queries.page_of(instant, wanted, number, spots.of if spots and is_whole else None)
    if spots and not is_whole:
        page = queries.with_spots(page, spots.of)
    is_partial = wants_partial(request)
    template = "_partials/findings_past.html"
    context = {
        "frame": frame,
        "tab": "findings",
        "form": form,
        "wanted": wanted,
        "instant": instant,
        "page": page,
        "pager": Pager(request.GET, page.number, page.pages),
        "listed": [(row, _address(frame, instant, row)) for row in page.rows],
        "problem": problem,
        "is_whole": is_whole,
        "is_filtered": form.is_narrowed(),
        "is_partial": is_partial,
        "results": template,
    }
    response = render(request, template if is_partial else "findings.html", context)
    if is_partial:
        push_url(response, shared_address(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _spots(
    instant: Instant, paths: Callable[[], Collection[str]]
) -> tuple[Spots | None, UserError | None]:
    """What judging again says, or why it says nothing."""
    lines = bootstrap.past_lines()
    try:
        return lines.of(instant.repository, instant.commit, instant.rubric, paths), None
    except UserError as error:
        return None, error


def _address(frame: Frame, instant: Instant, row: queries.PastRow) -> str:
    return then_address(frame, instant.commit, row.path, row.line)


def _csv(frame: Frame, instant: Instant, wanted: FindingFilter) -> StreamingHttpResponse:
    spots, _ = _spots(instant, tuple)
    rows = queries.every_row(instant, wanted, spots.of if spots and spots.is_whole else None)
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    name = f"{frame.slug}-findings-{instant.commit[:8]}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def file(request: HttpRequest, team: str, slug: str, commit: str, path: str) -> HttpResponse:
    """A module as it was at a point, with what was found in it. Raises Http404."""
    frame = frame_of(request.user, team, slug)
    instant = instant_of(frame.id, commit, commit if commit.isalnum() else "")
    if not instant.commit:
        raise Http404("no judged commit is called so")
    content, problem = _content(instant, path)
    line = request.GET.get("line", "1")
    part = read_part(content.source, int(line) if is_number(line) else 1) if content else None
    found = _found(instant, path) if part else []
    context = {
        "frame": frame,
        "tab": "findings",
        "crumb": path,
        "path": path,
        "instant": instant,
        "problem": problem,
        "part": part,
        "here": then_address(frame, instant.commit, path),
        "lines": _lines(part, found) if part else [],
        "found": len(found),
    }
    return render(request, "file_then.html", context)


def _content(instant: Instant, path: str) -> tuple[FileContent | None, UserError | None]:
    number = instant.repository
    try:
        return bootstrap.file_reading(number).read(number, instant.commit, path), None
    except UserError as error:
        if error.code == "file.unknown":
            raise Http404("the commit has no such file") from error
        return None, error


def _found(instant: Instant, path: str) -> list[tuple[str, Spot]]:
    """What is known of the findings in a file: the rule of each, and where it stood."""
    if not instant.is_past:
        return []
    spots, _ = _spots(instant, lambda: [path])
    known = spots.of if spots else {}
    rows = queries.in_file(instant, path)
    return [(rule, known[name]) for name, rule in rows if name in known]


def _lines(
    part: SourcePart, found: list[tuple[str, Spot]]
) -> list[tuple[SourceLine, list[tuple[str, Spot]]]]:
    """Each line with what was found on it."""
    return [(line, [each for each in found if each[1].line == line.number]) for line in part.lines]
