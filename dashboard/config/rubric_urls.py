"""The addresses of a repository's rubric, below /r/<team>/<slug>/rubric/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dashboard.views.rubric_change import rubric_change
from dashboard.views.rubrics import repository_rubric, repository_rubric_file
from dashboard.views.what_if import repository_preview

rubric_pages: list[URLPattern | URLResolver] = [
    path("", repository_rubric, name="repository-rubric"),
    path("file/", repository_rubric_file, name="repository-rubric-file"),
    path("preview/<int:preview>/", repository_preview, name="repository-rubric-preview"),
    path("<slug:before>/<slug:after>/", rubric_change, name="rubric-change"),
]
