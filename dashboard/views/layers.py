"""The layers of a repository: a picture of them, what breaks them, circles and parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import layer_words as words
from dashboard.layer_drawing import drawing, of_package, packages_of
from dashboard.queries.layers import layers_page


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page of layers, of one layered package where one is asked for."""
    page = layers_page(request.user, team, slug)
    picture = page.picture
    packages = packages_of(picture) if picture else []
    package = request.GET.get("package", "")
    package = package if package in packages else ""
    context = {
        "frame": page.frame,
        "tab": "overview",
        "crumb": "Layers",
        "page": page,
        "picture": picture,
        "sentence": words.sentence(page),
        "cause": words.cause(picture) if picture else "",
        "drawing": drawing(page.frame, of_package(picture, package)) if picture else None,
        "packages": packages,
        "package": package,
    }
    if picture is not None:
        context |= {
            "parts_name": words.PARTS[picture.parts.kind],
            "reasons": list(words.why_unknown(picture)),
            "declaration": words.declaration(picture.suggestion),
            "trial": words.trial(picture.suggestion),
        }
    return render(request, "layers.html", context)
