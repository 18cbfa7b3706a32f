"""Asks what another rubric would do, through the form, as a person does."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from scanner.storage.models import Preview, Repository
from tests.bench.seeding import ADMINISTRATOR
from tests.dashboard.rubric_form import sent

WEIGHT = "50"


def ask(repository: Repository | None) -> int:
    """The preview of a repository's rubric, or of the default, in which complexity weighs more."""
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username=ADMINISTRATOR))
    place = [repository.team.slug, repository.slug] if repository else []
    path = reverse("repository-rubric" if repository else "rubric-default", args=place)
    response = client.post(path, sent(repository, principles__complexity__weight=WEIGHT))
    if response.status_code != 200:
        raise ValueError(f"{path} refused the form: {response.status_code}")
    return Preview.objects.filter(repository=repository).latest("pk").pk
