"""The style page: every component in every state, for those who change them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.gallery.states import exhibits, waterfalls
from dashboard.style_page import CHANGES, GRADES, TOKENS, SampleForm, read_tokens, sparks


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """All of it on one page; only where CODEVITALS_DEBUG is on."""
    if not settings.DEBUG:
        raise Http404("the style page is for development")
    messages.success(request, "A toast, with its way out.")
    given = {"name": "payments", "branch": "main", "address": "ftp://somewhere"}
    context = {
        "tokens": read_tokens(TOKENS.read_text()),
        "grades": GRADES,
        "changes": CHANGES,
        "sparks": sparks(),
        "exhibits": exhibits(),
        "waterfalls": waterfalls(),
        "form": SampleForm(given),
        "shares": {"A": 5, "B": 3, "C": 2, "D": 1, "F": 1},
    }
    return render(request, "style.html", context)
