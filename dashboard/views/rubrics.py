"""The rubric of a repository and the default of the installation: look, change, download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dashboard import rubric_desk
from dashboard.forms.rubrics import (
    NoteForm,
    RubricFileForm,
    RubricForm,
    Sent,
    file_values,
    own_values,
)
from dashboard.paging import is_number
from dashboard.queries import rubrics as queries
from dashboard.queries.access import frame_of
from dashboard.queries.repository import costs_by_rule
from dashboard.rubric_desk import Desk
from dashboard.views.errors import ADMINISTRATORS_ONLY, OWNERS_ONLY, refused
from dashboard.views.what_if import confirmation
from scanner import bootstrap
from scanner.application.rubrics import Author, RubricChange, overtaken
from scanner.domain.errors import UserError
from scanner.domain.rubric_file import read_values, write_changes, write_whole
from scanner.rules.catalogue import refuse_unknown_rules

OVERTAKEN: Final = "rubric.overtaken"
CONFLICT: Final = 409
WRONG: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
def repository_rubric(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The rubric of one repository; owners of its team change it."""
    frame = frame_of(request.user, team, slug)
    if request.method == "POST" and not frame.may_own:
        return refused(request, OWNERS_ONLY)
    standing = queries.standing_of(frame.id)
    return _answer(request, Desk(standing, frame, frame.may_own, costs_by_rule(frame.id)))


@require_http_methods(["GET", "HEAD", "POST"])
def default_rubric(request: HttpRequest) -> HttpResponse:
    """What every repository inherits; administrators change it."""
    may_edit = bool(getattr(request.user, "is_superuser", False))
    if request.method == "POST" and not may_edit:
        return refused(request, ADMINISTRATORS_ONLY)
    return _answer(request, Desk(queries.standing_of(), None, may_edit))


@require_safe
def repository_rubric_file(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The rubric of one repository as a file: the whole, or what it changes."""
    frame = frame_of(request.user, team, slug)
    return _file(request, Desk(queries.standing_of(frame.id), frame, frame.may_own), frame.slug)


@require_safe
def default_rubric_file(request: HttpRequest) -> HttpResponse:
    """The default as a file."""
    return _file(request, Desk(queries.standing_of(), None, False), "default")


def _answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _show(request, desk, RubricForm(None, desk.standing))
    act = _ACTIONS.get(request.POST.get("action", ""), _check)
    return act(request, desk)


def _show(
    request: HttpRequest,
    desk: Desk,
    form: RubricForm,
    *,
    status: int = 200,
    problem: UserError | None = None,
    file_form: RubricFileForm | None = None,
) -> HttpResponse:
    """The page with every value; its fields are for those who may change them."""
    repository = desk.frame.id if desk.frame else None
    judged = queries.verdict_version(repository) if repository else ""
    context = {
        **_base(desk),
        "form": form if desk.may_edit else None,
        "chapters": rubric_desk.chapters(desk, form if desk.may_edit else None),
        "own": rubric_desk.own(desk),
        "versions": queries.versions_of(repository),
        "problem": problem or desk.standing.problem,
        "file_form": file_form or RubricFileForm(),
        "judged": judged,
        "is_stale": judged not in {"", desk.standing.rubric.version},
    }
    return render(request, "rubric_values.html", context, status=status)


def _check(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _confirm(request, desk, request.POST)


def _back(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _show(request, desk, RubricForm(request.POST, desk.standing))


def _reset(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _confirm(request, desk, own_values(desk.standing, desk.standing.base))


def _restore(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The values of an older version, over what is inherited now."""
    number = request.POST.get("number", "")
    changes = _changes_of(desk, int(number)) if is_number(number) else None
    if changes is None:
        raise Http404("no such version")
    return _confirm(request, desk, file_values(desk.standing, changes))


def _read_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = RubricFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            named = read_values(form.content())
            refuse_unknown_rules(named)
        except UserError as error:
            form.explain(error)
        else:
            return _confirm(request, desk, file_values(desk.standing, named))
    empty = RubricForm(None, desk.standing)
    return _show(request, desk, empty, status=WRONG, file_form=form)


def _confirm(
    request: HttpRequest, desk: Desk, sent: Sent, note_form: NoteForm | None = None
) -> HttpResponse:
    """What a change would do, before it is stored."""
    form = RubricForm(sent, desk.standing)
    if not form.is_valid():
        return _show(request, desk, form, status=WRONG)
    if form.seen != desk.standing.seen:
        return _overtaken(request, desk, form)
    values = rubric_desk.coming(desk, form.rubric)
    if not values and desk.standing.problem is None:
        messages.info(request, "Nothing is different from the rubric that holds.")
        return redirect(desk.address)
    context = confirmation(desk, form, note_form=note_form)
    status = WRONG if note_form is not None else 200
    return render(request, "rubric_confirm.html", context, status=status)


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    form, note_form = RubricForm(request.POST, desk.standing), NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, desk, form, status=WRONG)
    if not note_form.is_valid():
        return _confirm(request, desk, request.POST, note_form)
    change = RubricChange(
        desk.standing.repository_id,
        form.rubric,
        form.seen,
        note_form.cleaned_data["note"],
        Author(request.user.pk, request.user.get_username()),
    )
    try:
        scans = bootstrap.rubric_changes().change(change)
    except UserError as error:
        if error.code == OVERTAKEN:
            return _overtaken(request, desk, form, error)
        return _show(request, desk, form, status=WRONG, problem=error)
    messages.success(request, _said(desk, scans))
    return redirect(desk.address)


def _overtaken(
    request: HttpRequest, desk: Desk, form: RubricForm, error: UserError | None = None
) -> HttpResponse:
    """Somebody else was quicker: the values stay in the form, against what holds now."""
    standing = queries.standing_of(desk.standing.repository_id)
    now = Desk(standing, desk.frame, desk.may_edit, desk.costs)
    kept = RubricForm(form.sent_again(standing), standing)
    found = error or overtaken(standing, form.seen)
    return _show(request, now, kept, status=CONFLICT, problem=found)


def _said(desk: Desk, scans: tuple[int, ...]) -> str:
    if desk.frame is not None:
        return "The rubric is saved. A scan that judges by it is on its way."
    if not scans:
        return "The default is saved. No repository is judged otherwise by it."
    noun = "repository is" if len(scans) == 1 else "repositories are"
    return f"The default is saved. {len(scans):,} {noun} judged again."


def _base(desk: Desk) -> dict[str, object]:
    return {"desk": desk, "standing": desk.standing, "frame": desk.frame, "tab": "rubric"}


def _changes_of(desk: Desk, number: int) -> Mapping[str, object] | None:
    return queries.version_of(desk.standing.repository_id, number)


def _file(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    is_own = request.GET.get("part") == "own"
    standing, title = desk.standing, f"The rubric of {desk.name}"
    text = (
        write_changes(standing.changes, f"{title}: what differs from {desk.inherits} rubric.")
        if is_own
        else write_whole(standing.rubric, title, standing.base.rules_off)
    )
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    part = "changes" if is_own else "rubric"
    response["Content-Disposition"] = f'attachment; filename="{name}-{part}.toml"'
    return response


_ACTIONS: Final[dict[str, Callable[[HttpRequest, Desk], HttpResponse]]] = {
    "check": _check,
    "back": _back,
    "save": _save,
    "reset": _reset,
    "restore": _restore,
    "file": _read_file,
}
"""What each button of the pages does."""
