"""Every address of the dashboard. Each page adds its own line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from dashboard.views.theme import theme

repository_pages: list[URLPattern | URLResolver] = [
    # "" repository, "principles/<slug:key>/" principle
    # "findings/", "files/", "file/<path:path>", "scans/", "scans/<int:scan>/",
    # "scans/<int:scan>/progress/" scan-progress, "scan-now/", "settings/" repository-settings
]

urlpatterns: list[URLPattern | URLResolver] = [
    # "" portfolio, "rubric/", "rubric/<slug:code>/" rule
    # "sign-in/", "sign-out/", "repositories/add/" add-repository
    # "health", "health/ready"
    path("theme/", theme, name="theme"),
    path("r/<slug:team>/<slug:slug>/", include(repository_pages)),
]
