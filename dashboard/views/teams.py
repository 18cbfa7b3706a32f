"""Teams: which there are, who belongs to one, and in which role."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dashboard.forms.teams import ROLES, JoinForm, LeaveForm, RoleForm, TeamForm
from dashboard.passwords import new_password
from dashboard.queries.teams import TeamView, team_lines, team_view
from dashboard.views.errors import ADMINISTRATORS_ONLY, OWNERS_ONLY, refused
from scanner import bootstrap
from scanner.domain.errors import UserError

Answer = HttpResponse | dict[str, object]


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """The list; administrators found another one here."""
    form = TeamForm(request.POST or None)
    if request.method == "POST":
        if not _is_administrator(request):
            return refused(request, ADMINISTRATORS_ONLY)
        if form.is_valid():
            try:
                bootstrap.founding().found(form.cleaned_data["name"], _person(request))
            except UserError as error:
                form.explain(error)
            else:
                messages.success(request, "The team is founded, and you own it.")
                return redirect("teams")
    context = {
        "lines": team_lines(request.user),
        "form": form,
        "may_found": _is_administrator(request),
    }
    return render(request, "teams.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, team: str) -> HttpResponse:
    """One team; each of its forms names its action."""
    seen = team_view(request.user, team)
    answer: Answer = {}
    if request.method == "POST":
        if not seen.may_change:
            return refused(request, OWNERS_ONLY)
        act = _ACTIONS.get(request.POST.get("action", ""), _join)
        answer = act(request, seen)
    if isinstance(answer, HttpResponse):
        return answer
    context = {
        "join_form": JoinForm(initial={"role": "viewer"}),
        "team_form": TeamForm(initial={"name": seen.name}),
        **answer,
        "team": team_view(request.user, team) if "joined" in answer else seen,
        "roles": ROLES,
        "may_introduce": _is_administrator(request),
    }
    return render(request, "team.html", context, status=422 if "is_wrong" in answer else 200)


def _join(request: HttpRequest, seen: TeamView) -> Answer:
    """A new person's password is on the page that answers, and nowhere else."""
    form = JoinForm(request.POST)
    if not form.is_valid():
        return {"join_form": form, "is_wrong": True}
    given = form.cleaned_data
    try:
        joined = bootstrap.members().join(
            seen.id,
            given["person"],
            given["role"],
            new_password if _is_administrator(request) else None,
        )
    except UserError as error:
        form.explain(error)
        return {"join_form": form, "is_wrong": True}
    if joined.password:
        return {"joined": joined}
    messages.success(request, f"{joined.name} is in the team.")
    return redirect("team", seen.slug)


def _change(request: HttpRequest, seen: TeamView) -> Answer:
    form = RoleForm(request.POST)
    if not form.is_valid():
        return {"problem": None, "is_wrong": True}
    given = form.cleaned_data
    try:
        bootstrap.members().change(seen.id, given["person"], given["role"])
    except UserError as error:
        return {"problem": error, "is_wrong": True}
    messages.success(request, "The role is changed.")
    return redirect("team", seen.slug)


def _leave(request: HttpRequest, seen: TeamView) -> Answer:
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return {"problem": None, "is_wrong": True}
    try:
        bootstrap.members().leave(seen.id, form.cleaned_data["person"])
    except UserError as error:
        return {"problem": error, "is_wrong": True}
    messages.success(request, "This person is out of the team.")
    mine = form.cleaned_data["person"] == request.user.pk
    return redirect("teams") if mine else redirect("team", seen.slug)


def _rename(request: HttpRequest, seen: TeamView) -> Answer:
    form = TeamForm(request.POST)
    if not form.is_valid():
        return {"team_form": form, "is_wrong": True}
    try:
        bootstrap.members().rename(seen.id, form.cleaned_data["name"])
    except UserError as error:
        form.explain(error)
        return {"team_form": form, "is_wrong": True}
    messages.success(request, "The name is changed. Addresses of pages stay as they are.")
    return redirect("team", seen.slug)


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _person(request: HttpRequest) -> int:
    """The id of whoever is signed in; these pages are for nobody else."""
    return int(request.user.pk or 0)


_ACTIONS: Mapping[str, Callable[[HttpRequest, TeamView], Answer]] = {
    "join": _join,
    "change": _change,
    "leave": _leave,
    "rename": _rename,
}
