"""A file as it was at one of two compared points, with what the comparison says of its lines."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.addresses import past_file_address
from dashboard.compare_choice import choice_of
from dashboard.paging import is_number
from dashboard.queries.compare import Points, comparison_of, points_of
from dashboard.source import SourceLine, SourcePart, read_part
from dashboard.templatetags.figures import ago
from dashboard.views.revalidation import kept
from scanner import bootstrap
from scanner.application.comparison_record import ComparisonRecord, EffectRecord
from scanner.application.reading import FileContent
from scanner.domain.errors import UserError

ABSENT: Final = UserError(
    "compare.source-absent",
    "The source of this commit is not on the machine that shows this page.",
    "It comes with the next scan by this machine; the lines and what they cost are below.",
)


@require_safe
def show(request: HttpRequest, team: str, slug: str, path: str) -> HttpResponse:
    """The lines around the one that is asked for. Raises Http404 for a file without effects."""
    points = points_of(request.user, team, slug)
    choice = choice_of(points, request.GET)
    back = f"{reverse('compare', args=[team, slug])}?{choice.query}"
    if choice.before is None or choice.after is None:
        return redirect(back)
    asked = choice.before.asked, choice.after.asked
    number = bootstrap.comparisons().ask(points.frame.id, *asked)
    state = comparison_of(points.frame.id, number)
    record = state.record
    if record is None:
        return redirect(back)
    side = "before" if request.GET.get("side") == "before" else "after"
    effects = _effects(record, path, side)
    if not effects:
        raise Http404("the comparison says nothing of this file")
    at = record.before if side == "before" else record.after
    content, problem = _content(points, at.commit, path)
    frame = points.frame
    context = {
        "frame": frame,
        "tab": "overview",
        "crumb": "Compare",
        "path": path,
        "commit": at.commit,
        "committed_at": at.committed_at,
        "back": back,
        "here": past_file_address(frame, path, choice.query, side, 0).partition("&line=")[0],
        "problem": problem,
        "effects": effects,
    }
    made = (frame, ago(frame.scanned_at), state.made, str(problem))
    return kept(request, made, lambda: _drawn(request, context, content, effects))


def _drawn(
    request: HttpRequest,
    context: dict[str, object],
    content: FileContent | None,
    effects: list[EffectRecord],
) -> HttpResponse:
    line = request.GET.get("line", "1")
    part = read_part(content.source, int(line) if is_number(line) else 1) if content else None
    told = {"part": part, "lines": _lines(part, effects) if part else []}
    return render(request, "compare_file.html", {**context, **told})


def _lines(
    part: SourcePart, effects: list[EffectRecord]
) -> list[tuple[SourceLine, list[EffectRecord]]]:
    """Each line with what is told of it."""
    return [(line, [one for one in effects if one.line == line.number]) for line in part.lines]


def _effects(record: ComparisonRecord, path: str, side: str) -> list[EffectRecord]:
    """What is told of a file that one side has: gone findings before, the others after."""
    is_before = side == "before"
    return [
        each
        for each in record.effects
        if each.path == path
        and is_before == (each.kind in {"fixed", "structure"} and each.effect > 0)
    ]


def _content(points: Points, commit: str, path: str) -> tuple[FileContent | None, UserError | None]:
    """The source, or why it is not shown."""
    number = points.frame.id
    try:
        return bootstrap.file_reading(number).read(number, commit, path), None
    except UserError as error:
        return None, ABSENT if error.code.startswith("git.") else error
