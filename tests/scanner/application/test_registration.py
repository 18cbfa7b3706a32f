"""Registering a repository: what is refused, what is stored, and what is queued."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from scanner.application.configuration import Configuration
from scanner.application.registration import (
    Registered,
    Registration,
    RegistrationRequest,
    RegistrationStores,
)
from scanner.bootstrap.environment import atomic
from scanner.bootstrap.policy import SettledPolicy
from scanner.bootstrap.secrets import vault
from scanner.domain.errors import UserError
from scanner.domain.schedule import Schedule
from scanner.storage.models import Repository, Scan, Team
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.scans import Queue
from tests.portfolio import store_team
from tests.scanner.hands import Bell
from tests.services.repositories import RepositoryBuilder

ADDRESS = "https://git.example.org/shop/Orders.git"


@pytest.fixture
def team(db: None) -> Team:
    return store_team()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    return tmp_path.resolve()


@pytest.fixture
def registration(bell: Bell, roots: Path) -> Registration:
    stores = RegistrationStores(Repositories(), Credentials(), Queue(), atomic)
    policy = SettledPolicy(Configuration(data_dir=roots, local_roots=(roots,)))
    return Registration(policy, vault(), stores, bell, timezone.now)


def refused(registration: Registration, request: RegistrationRequest) -> str:
    """The code of the refusal; nothing may have been stored."""
    count = Repository.objects.count()
    with pytest.raises(UserError) as raised:
        registration.register(request)
    assert Repository.objects.count() == count
    assert raised.value.next_step
    return raised.value.code


def test_it_works(registration: Registration, team: Team, bell: Bell) -> None:
    registered = registration.register(RegistrationRequest(team.pk, ADDRESS))
    repository = Repository.objects.get()
    assert registered.repository.id == repository.pk
    assert (repository.team, repository.kind, repository.address) == (team, "remote", ADDRESS)
    assert (repository.name, repository.slug, repository.branch) == ("Orders", "orders", "")
    assert (repository.cron, repository.next_run_at) == ("", None)
    scan = Scan.objects.get()
    assert (scan.pk, scan.status, scan.trigger) == (registered.scan_id, "queued", "registered")
    assert bell.rung == [scan.pk]


def test_name_branch_and_schedule_are_stored(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(
        team.pk,
        ADDRESS,
        name="  Orders and\u202e invoices ",
        branch="release/2.0",
        schedule=Schedule("0  3 * * *", "Europe/Berlin"),
    )
    before = timezone.now()
    registration.register(request)
    repository = Repository.objects.get()
    assert (repository.name, repository.slug) == ("Orders and invoices", "orders-and-invoices")
    assert repository.branch == "release/2.0"
    assert (repository.cron, repository.time_zone) == ("0 3 * * *", "Europe/Berlin")
    assert repository.next_run_at is not None
    assert before < repository.next_run_at <= before + timedelta(days=1, hours=2)


def test_equal_names_get_slugs_of_their_own(registration: Registration, team: Team) -> None:
    def register(host: str) -> Registered:
        return registration.register(RegistrationRequest(team.pk, f"https://{host}/a/orders"))

    slugs = [register(f"git{number}.example.org").repository.slug for number in range(3)]
    assert slugs == ["orders", "orders-2", "orders-3"]


def test_two_teams_may_register_the_same_address(registration: Registration, team: Team) -> None:
    for each in (team, store_team("Billing")):
        registration.register(RegistrationRequest(each.pk, ADDRESS))
    assert set(Repository.objects.values_list("slug", flat=True)) == {"orders"}


def test_an_address_is_registered_once_a_branch(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(team.pk, ADDRESS)
    registration.register(request)
    assert refused(registration, request) == "address.registered"
    registration.register(replace(request, branch="next"))
    assert refused(registration, replace(request, branch="next")) == "address.registered"


def test_a_git_folder_is_told_from_a_plain_one(
    registration: Registration, team: Team, roots: Path
) -> None:
    RepositoryBuilder(roots / "work").commit({"a.py": "A = 1\n"})
    RepositoryBuilder(roots / "bare.git", bare=True).commit({"a.py": "A = 1\n"})
    (roots / "plain").mkdir()
    for name in ("work", "bare.git", "plain"):
        path = str(roots / name)
        registration.register(RegistrationRequest(team.pk, path, may_use_paths=True))
    kinds = dict(Repository.objects.values_list("name", "kind"))
    assert kinds == {"work": "local", "bare": "local", "plain": "folder"}


def test_a_path_is_for_administrators(registration: Registration, team: Team, roots: Path) -> None:
    request = RegistrationRequest(team.pk, str(roots))
    assert refused(registration, request) == "address.local"


def test_a_path_lies_under_a_root(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(team.pk, "/etc", may_use_paths=True)
    assert refused(registration, request) == "address.local-outside"


def test_a_bad_address_is_refused(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(team.pk, "https://user:word@git.example.org/a/b")
    assert refused(registration, request) == "address.userinfo"


def test_a_bad_branch_is_refused(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(team.pk, ADDRESS, branch="--upload-pack=x")
    assert refused(registration, request) == "branch.name"


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (Schedule("every day"), "schedule.cron"),
        (Schedule("0 3 * * *", "Mars/Base"), "schedule.time-zone"),
    ],
)
def test_a_bad_schedule_is_refused(
    registration: Registration, team: Team, schedule: Schedule, code: str
) -> None:
    assert refused(registration, RegistrationRequest(team.pk, ADDRESS, schedule=schedule)) == code


def test_a_name_of_invisible_characters_is_refused(registration: Registration, team: Team) -> None:
    request = RegistrationRequest(team.pk, ADDRESS, name="\u200b\u202e")
    assert refused(registration, request) == "name.empty"
