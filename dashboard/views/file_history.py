"""How one file went: a part of its page, or a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard import file_past
from dashboard.queries import files as queries
from dashboard.queries.access import frame_of
from dashboard.queries.rubrics import judged_by
from dashboard.views.partial import wants_partial
from scanner import bootstrap
from scanner.application.file_history import FilePast
from scanner.domain.errors import UserError


@require_safe
def file_history(request: HttpRequest, team: str, slug: str, path: str) -> HttpResponse:
    """The past of a file of the latest snapshot."""
    frame = frame_of(request.user, team, slug)
    view = queries.file_of(frame.id, path)
    if view is None or view.row is None:
        raise Http404
    past, problem = _past(frame.id, view)
    is_part = wants_partial(request)
    context = {
        "frame": frame,
        "tab": "files",
        "crumb": path,
        "view": view,
        "past": past,
        "problem": problem,
        "shown": file_past.shown(past, view.row.score) if past else None,
        "open_figures": not is_part,
    }
    template = "_partials/file_past.html" if is_part else "file_history.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _past(repository_id: int, view: queries.FileView) -> tuple[FilePast | None, UserError | None]:
    """The past, or why it is not to be had."""
    rubric = judged_by(view.rubric)
    try:
        return bootstrap.file_history().read(repository_id, view.commit, view.path, rubric), None
    except UserError as error:
        return None, error
