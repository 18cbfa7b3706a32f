"""One change of a rubric, told afterwards: what it was and what it did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.queries import rubrics as queries
from dashboard.queries.access import Frame, frame_of
from dashboard.queries.past import past_state
from dashboard.rubric_words import changed_values
from dashboard.templatetags.figures import ago
from dashboard.views.revalidation import kept


@require_safe
def rubric_change(
    request: HttpRequest, team: str, slug: str, before: str, after: str
) -> HttpResponse:
    """What one change of the rubric was, and what it did to this repository."""
    frame = frame_of(request.user, team, slug)
    state = (frame, ago(frame.scanned_at), past_state(frame.id))
    return kept(request, state, lambda: _rubric_change(request, frame, before, after))


def _rubric_change(request: HttpRequest, frame: Frame, before: str, after: str) -> HttpResponse:
    step = queries.step_of(frame.id, before, after)
    context = {
        "frame": frame,
        "tab": "rubric",
        "crumb": "A change",
        "step": step,
        "values": None if step.differences is None else changed_values(step.differences),
    }
    return render(request, "rubric_change.html", context)
