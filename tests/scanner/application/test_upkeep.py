"""Changing a repository's settings, its credential, and forgetting it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.upkeep import RepositoryChange
from scanner.bootstrap.environment import mirror_folder
from scanner.bootstrap.secrets import vault
from scanner.domain.errors import UserError
from scanner.domain.revisions import Token
from scanner.domain.schedule import Schedule
from scanner.storage.models import Credential, FileScore, Finding, Repository, Scan, Snapshot
from scanner.storage.repositories import Credentials
from tests.portfolio import store_repository, store_scan, store_team

NIGHTLY = Schedule("0 3 * * *", "Europe/Berlin")


@pytest.fixture
def repository(db: None) -> Repository:
    return store_repository(store_team())


def change(repository: Repository, **fields: object) -> None:
    """Change these settings alone."""
    kept: dict[str, object] = {"name": repository.name, "branch": repository.branch}
    asked = RepositoryChange(repository.pk, **{**kept, "schedule": None, **fields})  # type: ignore[arg-type]
    bootstrap.repository_settings().change(asked)
    repository.refresh_from_db()


def test_a_name_is_changed_and_tidied(repository: Repository) -> None:
    change(repository, name=" Orders \u202e2 ")
    assert (repository.name, repository.slug) == ("Orders 2", "orders")
    assert not repository.scans.filter(status="queued").exists()


def test_another_branch_is_scanned_at_once(repository: Repository) -> None:
    change(repository, branch="release/2.0")
    assert repository.branch == "release/2.0"
    assert repository.scans.get(status="queued").trigger == "requested"


def test_a_schedule_is_switched_on_kept_and_switched_off(repository: Repository) -> None:
    change(repository, schedule=NIGHTLY)
    planned = repository.next_run_at
    assert planned is not None
    assert timezone.now() < planned < timezone.now() + timedelta(days=1, hours=2)
    change(repository, name="Other", schedule=NIGHTLY)
    assert repository.next_run_at == planned
    change(repository, schedule=Schedule("0 12 * * *", "UTC"))
    assert repository.next_run_at is not None
    assert repository.next_run_at != planned
    change(repository)
    assert Repository.objects.filter(pk=repository.pk, cron="", next_run_at=None).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "\u200b"}, "name.empty"),
        ({"branch": "a..b"}, "branch.name"),
        ({"schedule": Schedule("daily")}, "schedule.cron"),
    ],
)
def test_what_cannot_be_is_refused(
    repository: Repository, fields: dict[str, object], code: str
) -> None:
    before = Repository.objects.filter(pk=repository.pk).values().get()
    with pytest.raises(UserError) as raised:
        change(repository, **fields)
    assert raised.value.code == code
    assert Repository.objects.filter(pk=repository.pk).values().get() == before


def test_a_credential_is_stored_sealed_and_replaced(repository: Repository) -> None:
    for secret in ("first-secret", "second-secret"):
        bootstrap.credentials().replace(repository.pk, Token(secret, "reader"))
        row = Credential.objects.get()
        assert (row.kind, row.username) == ("token", "reader")
        assert secret.encode() not in bytes(row.ciphertext)
        sealed = Credentials().get(repository.pk)
        assert sealed is not None
        assert vault().open(sealed) == Token(secret, "reader")


def test_a_credential_is_removed(repository: Repository) -> None:
    bootstrap.credentials().replace(repository.pk, Token("secret"))
    bootstrap.credentials().replace(repository.pk, None)
    assert not Credential.objects.exists()


def test_a_bad_credential_leaves_the_old_one(repository: Repository) -> None:
    bootstrap.credentials().replace(repository.pk, Token("secret"))
    before = Credential.objects.values().get()
    with pytest.raises(UserError):
        bootstrap.credentials().replace(repository.pk, Token("two words"))
    assert Credential.objects.values().get() == before


def test_a_repository_is_forgotten_with_its_files(
    repository: Repository,
    tmp_path: Path,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CODEVITALS = Configuration(data_dir=tmp_path)
    other = store_repository(store_team(), "billing")
    for each in (repository, other):
        mirror_folder(each.pk).mkdir(parents=True)
    gone = mirror_folder(repository.pk)
    store_scan(repository, "running")
    with django_capture_on_commit_callbacks(execute=True):
        bootstrap.removal().remove(repository.pk)
        assert gone.exists()  # until the rows are surely gone
    assert not gone.exists()
    assert mirror_folder(other.pk).exists()
    for model in (Scan, Snapshot, Finding, FileScore):
        left = set(model._default_manager.values_list("repository", flat=True))
        assert left == {other.pk}


def test_what_is_gone_cannot_be_changed(repository: Repository) -> None:
    bootstrap.removal().remove(repository.pk)
    gone = RepositoryChange(repository.pk, "Other", "", None)
    for use in (
        lambda: bootstrap.repository_settings().change(gone),
        lambda: bootstrap.credentials().replace(repository.pk, None),
        lambda: bootstrap.removal().remove(repository.pk),
        lambda: bootstrap.scan_requests().request(repository.pk),
    ):
        with pytest.raises(UserError) as raised:
            use()
        assert raised.value.code == "repository.gone"
