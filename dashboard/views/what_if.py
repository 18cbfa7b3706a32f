"""What a rubric would do before it is saved: asked by the page of its changes, and told there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard import rubric_desk
from dashboard.forms.rubrics import NoteForm, RubricForm
from dashboard.queries import rubrics as queries
from dashboard.queries.access import frame_of
from dashboard.queries.what_if import PreviewState, named, preview_of
from dashboard.rubric_desk import Desk
from dashboard.views.partial import wants_partial
from dashboard.what_if_page import page_of
from scanner import bootstrap
from scanner.application.previews import Asked
from scanner.application.what_if import Question


@require_safe
def repository_preview(request: HttpRequest, team: str, slug: str, preview: int) -> HttpResponse:
    """A change of a repository's rubric, and what it would do; a part of it for htmx."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_own:
        raise Http404("its owners asked")
    desk = Desk(queries.standing_of(frame.id), frame, may_edit=True)
    return _answer(request, desk, preview)


@require_safe
def default_preview(request: HttpRequest, preview: int) -> HttpResponse:
    """A change of the default, and what it would do to all that inherit it."""
    if not getattr(request.user, "is_superuser", False):
        raise Http404("an administrator asked")
    return _answer(request, Desk(queries.standing_of(), None, may_edit=True), preview)


def confirmation(
    desk: Desk,
    form: RubricForm,
    preview: PreviewState | None = None,
    note_form: NoteForm | None = None,
) -> dict[str, object]:
    """The context of the page that shows a change before it is stored; the form is valid."""
    values = rubric_desk.coming(desk, form.rubric)
    return {
        "desk": desk,
        "standing": desk.standing,
        "frame": desk.frame,
        "tab": "rubric",
        "form": form,
        "note_form": note_form or NoteForm(),
        "values": values,
        "switched": [(value, desk.costs.get(value.topic)) for value in values],
        "priced": any(value.topic in desk.costs for value in values),
        "wanted": form.rubric,
        **_told(desk, preview or _asked(desk, form)),
    }


def _answer(request: HttpRequest, desk: Desk, preview: int) -> HttpResponse:
    found = preview_of(desk.frame.id if desk.frame else None, preview)
    if found.is_unheard:
        bootstrap.previews().wake(preview)
    if wants_partial(request):
        context = {**_told(desk, found), "frame": desk.frame, "desk": desk}
        response = render(request, "_partials/rubric_preview.html", context)
    else:
        form = RubricForm(found.sent, desk.standing)
        form.is_valid()
        context = {**confirmation(desk, form, found), "on_its_page": True}
        response = render(request, "rubric_confirm.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _asked(desk: Desk, form: RubricForm) -> PreviewState:
    """The preview of these values."""
    standing = desk.standing
    question = Question(standing.repository_id, standing.rubric, form.rubric)
    asked = Asked(question, form.seen, dict(form.carried))
    return preview_of(standing.repository_id, bootstrap.previews().ask(asked))


def _told(desk: Desk, preview: PreviewState) -> dict[str, object]:
    """A preview as far as it is."""
    told = None
    if preview.answer is not None:
        names = {} if desk.frame else named([one.repository for one in preview.answer.repositories])
        told = page_of(preview.answer, names, is_single=desk.frame is not None)
    return {"preview": preview, "told": told, "preview_address": _address(desk, preview.id)}


def _address(desk: Desk, number: int) -> str:
    if desk.frame is None:
        return reverse("rubric-default-preview", args=[number])
    return reverse(
        "repository-rubric-preview", args=[desk.frame.team_slug, desk.frame.slug, number]
    )
