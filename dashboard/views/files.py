"""The files of a repository, worst first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from dashboard.forms.filters import FileFilterForm
from dashboard.names import principle_choices
from dashboard.paging import Pager, page_number, shared_address
from dashboard.principles import LABELS
from dashboard.queries import files as queries
from dashboard.queries.access import frame_of
from dashboard.views.partial import wants_partial


@require_safe
def files(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The list; its results alone for htmx."""
    frame = frame_of(request.user, team, slug)
    form = FileFilterForm(request.GET, principles=principle_choices())
    wanted = form.wanted()
    page = queries.page_of(frame.id, wanted, page_number(request))
    is_partial = wants_partial(request)
    context = {
        "frame": frame,
        "tab": "files",
        "form": form,
        "wanted": wanted,
        "page": page,
        "pager": Pager(request.GET, page.number, page.pages),
        "principles": [label for label in LABELS.values() if label.built],
        "left_out": queries.left_out(frame.id),
        "is_filtered": form.is_narrowed(),
        "is_partial": is_partial,
    }
    template = "_partials/files_results.html" if is_partial else "files.html"
    response = render(request, template, context)
    if is_partial:
        push_url(response, shared_address(request))
    patch_vary_headers(response, ["HX-Request"])
    return response
