"""Tokens: which a person has, a new one, and the end of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.forms.tokens import NewTokenForm
from dashboard.queries.tokens import tokens_of
from scanner import bootstrap
from scanner.domain.errors import UserError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list and the form; a new token stands on the page that answers, and nowhere else."""
    form, token = NewTokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            token = bootstrap.tokens().issue(
                int(request.user.pk or 0), given["name"], given["scope"], given["days"]
            )
        except UserError as error:
            form.explain(error)
    now = timezone.now()
    context = {
        "lines": [(line, line.is_over(now)) for line in tokens_of(request.user)],
        "form": NewTokenForm() if token else form,
        "token": token,
    }
    return render(request, "tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """End one of one's own tokens."""
    if bootstrap.tokens().revoke(int(request.user.pk or 0), token):
        messages.success(request, "The token is revoked.")
    else:
        messages.error(request, "That token was revoked already.")
    return redirect("tokens")
