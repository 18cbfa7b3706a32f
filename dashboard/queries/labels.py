"""Labels: the words by which teams find and group their repositories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet

from dashboard.queries.access import Viewer, repositories_of
from scanner.storage.models import Label, Repository


def labels_of(repositories: QuerySet[Repository]) -> Mapping[int, tuple[str, ...]]:
    """The labels of each repository, in one query; those without any are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Label.objects.filter(repository__in=repositories.order_by().values("pk"))
    for repository, name in rows.order_by("name").values_list("repository_id", "name"):
        found[repository].append(name)
    return {repository: tuple(names) for repository, names in found.items()}


def label_choices(user: Viewer) -> tuple[str, ...]:
    """The labels that a user's repositories have, each once, in one query."""
    found = Label.objects.filter(repository__in=repositories_of(user)).order_by("name")
    return tuple(found.values_list("name", flat=True).distinct())
