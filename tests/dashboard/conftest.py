"""What tests of pages share: plain static files, a team, its people and a scanned repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from scanner.storage.models import Membership, Repository, Team
from tests.portfolio import store_repository, store_team, store_user


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder that the web server warns about when it is missing."""
    folder: Path = project.STATIC_ROOT
    folder.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Addresses of static files without a manifest, which only `collectstatic` writes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """A hash that costs nothing: what makes the real one strong also makes it slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def team(db: None) -> Team:
    """The team that owns what is asked for."""
    return store_team()


@pytest.fixture
def repository(team: Team) -> Repository:
    """A repository of the team with three snapshots."""
    return store_repository(team)


@pytest.fixture
def lead(team: Team) -> User:
    """A lead of the team."""
    return store_user(team)


@pytest.fixture
def viewer(team: Team) -> User:
    """Someone who may only look."""
    return store_user(team, "viewer", Membership.Role.VIEWER)


@pytest.fixture
def owner(team: Team) -> User:
    """An owner of the team."""
    return store_user(team, "owner", Membership.Role.OWNER)


def client_of(user: User) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lead_client(lead: User) -> Client:
    """A browser of a lead."""
    return client_of(lead)


@pytest.fixture
def viewer_client(viewer: User) -> Client:
    """A browser of someone who may only look."""
    return client_of(viewer)


@pytest.fixture
def owner_client(owner: User) -> Client:
    """A browser of an owner."""
    return client_of(owner)


@pytest.fixture
def foreign_client(db: None) -> Client:
    """A browser of an owner of another team."""
    return client_of(store_user(store_team("Other"), "stranger", Membership.Role.OWNER))


@pytest.fixture
def admin_client(db: None) -> Client:
    """A browser of an administrator."""
    return client_of(store_user(None, "admin", is_superuser=True))
