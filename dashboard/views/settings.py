"""The settings of one repository: name, branch, schedule, credential, removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dashboard.forms.repositories import LabelsForm, RemovalForm, SettingsForm, TokenForm
from dashboard.key_step import KeyStep
from dashboard.previews import preview_of
from dashboard.queries.access import Frame, frame_of
from dashboard.queries.settings import SettingsView, settings_of
from dashboard.schedules import choice_for
from dashboard.views.errors import LEADS_ONLY, OWNERS_ONLY, refused
from dashboard.views.partial import wants_partial
from scanner import bootstrap
from scanner.application.upkeep import RepositoryChange
from scanner.domain.errors import UserError

Answer = HttpResponse | dict[str, object]
"""Where to go, or what to show on the same page: bound forms with what was wrong."""


@sensitive_post_parameters("token", "private_key")
@require_http_methods(["GET", "HEAD", "POST"])
def repository_settings(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page; each of its forms names its action."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    stored = settings_of(frame.id)
    answer: Answer = {}
    if request.method == "POST":
        act, is_owners = _ACTIONS.get(request.POST.get("action", ""), (_save, False))
        if is_owners and not frame.may_own:
            return refused(request, OWNERS_ONLY)
        answer = act(request, frame, stored)
    if isinstance(answer, HttpResponse):
        return answer
    return _show(request, frame, stored, answer)


def _show(
    request: HttpRequest, frame: Frame, stored: SettingsView, answer: dict[str, object]
) -> HttpResponse:
    given = answer.get("form")
    form = given if isinstance(given, SettingsForm) else _stored_form(stored)
    context = {
        "frame": frame,
        "tab": "settings",
        "stored": stored,
        "labels_form": LabelsForm({"labels": ", ".join(stored.labels)}),
        "token_form": TokenForm(),
        "removal_form": RemovalForm(None, stored.name),
        **answer,
        "form": form,
        "preview": preview_of(form, frame.id, timezone.now()),
    }
    if wants_partial(request):
        return render(request, "_partials/schedule_preview.html", context)
    is_wrong = bool(answer.get("is_wrong"))
    return render(request, "repository_settings.html", context, status=422 if is_wrong else 200)


def _stored_form(stored: SettingsView) -> SettingsForm:
    """The form as the repository stands, bound so that its next runs show."""
    every = choice_for(stored.cron)
    return SettingsForm(
        {
            "name": stored.name,
            "branch": stored.branch,
            "every": every,
            "cron": stored.cron if every == "own" else "",
            "time_zone": stored.time_zone,
        }
    )


def _save(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    form = SettingsForm(request.POST)
    if "preview" in request.POST:
        form.is_valid()
        return {"form": form}
    if not form.is_valid():
        return {"form": form, "is_wrong": True}
    change = RepositoryChange(
        frame.id, form.cleaned_data["name"], form.cleaned_data["branch"], form.schedule()
    )
    try:
        changed = bootstrap.repository_settings().change(change)
    except UserError as error:
        form.explain(error)
        return {"form": form, "is_wrong": True}
    rescan = "" if changed.branch == stored.branch else " The new branch is being scanned."
    messages.success(request, f"The settings are saved.{rescan}")
    return redirect("repository-settings", frame.team_slug, frame.slug)


def _label(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    form = LabelsForm(request.POST)
    if not form.is_valid():
        return {"labels_form": form, "is_wrong": True}
    try:
        labels = bootstrap.labelling().label(frame.id, form.cleaned_data["labels"])
    except UserError as error:
        form.explain(error)
        return {"labels_form": form, "is_wrong": True}
    told = f"Labels: {', '.join(labels)}." if labels else "It has no labels now."
    messages.success(request, told)
    return redirect("repository-settings", frame.team_slug, frame.slug)


def _replace_token(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return {"token_form": form, "is_wrong": True}
    try:
        bootstrap.credentials().replace(frame.id, form.credential())
    except UserError as error:
        form.explain(error)
        return {"token_form": form, "is_wrong": True}
    return _credential_saved(request, frame, f"The token of {stored.name} is replaced.")


def _replace_key(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    step = KeyStep(request, stored.address)
    try:
        if not step.is_answer:
            introduced = bootstrap.introduction().introduce(stored.address, may_use_paths=False)
            return {"step": step.asked(introduced.keys), "key_form": step.form}
        key = step.credential()
        if key is not None:
            bootstrap.credentials().replace(frame.id, key)
            return _credential_saved(request, frame, f"The key of {stored.name} is replaced.")
    except UserError as error:
        if not step.is_answer:
            return {"key_problem": error, "is_wrong": True}
        step.form.explain(error)
    return {"step": step, "key_form": step.form, "is_wrong": bool(step.form.errors)}


def _remove_credential(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    bootstrap.credentials().replace(frame.id, None)
    return _credential_saved(request, frame, f"{stored.name} has no credential any more.")


def _credential_saved(request: HttpRequest, frame: Frame, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("repository-settings", frame.team_slug, frame.slug)


def _delete(request: HttpRequest, frame: Frame, stored: SettingsView) -> Answer:
    form = RemovalForm(request.POST, stored.name)
    if not form.is_valid():
        return {"removal_form": form, "is_wrong": True}
    bootstrap.removal().remove(frame.id)
    messages.success(request, f"{stored.name} is deleted.")
    return redirect("portfolio")


_ACTIONS: Final[dict[str, tuple[Callable[[HttpRequest, Frame, SettingsView], Answer], bool]]] = {
    "save": (_save, False),
    "labels": (_label, False),
    "token": (_replace_token, True),
    "key": (_replace_key, True),
    "remove-credential": (_remove_credential, True),
    "delete": (_delete, True),
}
"""What each form of the page does, and whether owners alone may do it."""
