"""Register a repository: one form, and for ssh a second step that shows the host's key."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dashboard.forms.repositories import RepositoryForm
from dashboard.key_step import KeyStep
from dashboard.previews import preview_of
from dashboard.queries.settings import TeamChoice, led_teams
from dashboard.views.errors import LEADS_ONLY, refused
from dashboard.views.partial import wants_partial
from scanner import bootstrap
from scanner.application.registration import RegistrationRequest
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token

ONLY_SHOWN: Final = frozenset({"preview", "back"})
"""Buttons that show the first step again and register nothing."""

TOKEN_FOR_SSH: Final = UserError(
    "credential.kind",
    "A token opens https addresses; ssh takes a deploy key.",
    "Leave the token out: the next step asks for the key.",
)


@sensitive_post_parameters("token", "private_key")
@require_http_methods(["GET", "HEAD", "POST"])
def add_repository(request: HttpRequest) -> HttpResponse:
    """The form, its second step, and at last the page of the first scan."""
    teams = led_teams(request.user)
    if not teams:
        return refused(request, LEADS_ONLY)
    is_post = request.method == "POST"
    form = RepositoryForm(
        request.POST if is_post else None,
        [(team.id, team.name) for team in teams],
        takes_paths=request.user.is_staff,
    )
    if is_post and not ONLY_SHOWN & set(request.POST) and form.is_valid():
        answer = _proceed(request, form, teams)
        if answer is not None:
            return answer
    return _show(request, form)


def _show(request: HttpRequest, form: RepositoryForm) -> HttpResponse:
    context = {"form": form, "preview": preview_of(form, None, timezone.now())}
    if wants_partial(request):
        return render(request, "_partials/schedule_preview.html", context)
    is_wrong = form.is_bound and bool(form.errors) and not ONLY_SHOWN & set(request.POST)
    return render(request, "add_repository.html", context, status=422 if is_wrong else 200)


def _proceed(
    request: HttpRequest, form: RepositoryForm, teams: list[TeamChoice]
) -> HttpResponse | None:
    """The next page, or None when the form has to be shown again with what was wrong."""
    step = KeyStep(request, form.cleaned_data["address"])
    try:
        if step.is_answer:
            return _confirm(request, form, teams, step)
        may_use_paths = request.user.is_staff
        introduced = bootstrap.introduction().introduce(step.address, may_use_paths=may_use_paths)
        if introduced.keys:
            if form.credential():
                raise TOKEN_FOR_SSH
            return _show_key_step(request, form, step.asked(introduced.keys))
        return _register(request, form, teams, form.credential())
    except UserError as error:
        form.explain(error)
        return None


def _confirm(
    request: HttpRequest, form: RepositoryForm, teams: list[TeamChoice], step: KeyStep
) -> HttpResponse:
    """The second step was sent: register with the key, or show it again."""
    try:
        key = step.credential()
        if key is not None:
            return _register(request, form, teams, key)
    except UserError as error:
        if not error.code.startswith("credential."):
            raise
        step.form.explain(error)
    return _show_key_step(request, form, step)


def _show_key_step(request: HttpRequest, form: RepositoryForm, step: KeyStep) -> HttpResponse:
    is_wrong = step.form.is_bound and bool(step.form.errors)
    context = {"form": form, "step": step, "key_form": step.form}
    return render(request, "add_repository_key.html", context, status=422 if is_wrong else 200)


def _register(
    request: HttpRequest,
    form: RepositoryForm,
    teams: list[TeamChoice],
    credential: Token | DeployKey | None,
) -> HttpResponse:
    team = next(each for each in teams if str(each.id) == form.cleaned_data["team"])
    registered = bootstrap.registration().register(
        RegistrationRequest(
            team_id=team.id,
            address=form.cleaned_data["address"],
            name=form.cleaned_data["name"],
            branch=form.cleaned_data["branch"],
            credential=credential,
            schedule=form.schedule(),
            may_use_paths=request.user.is_staff,
        )
    )
    repository = registered.repository
    messages.success(request, f"{repository.name} is registered; its first scan is queued.")
    return redirect("scan", team.slug, repository.slug, registered.scan_id)
