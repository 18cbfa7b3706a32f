"""`manage.py rotate_keys`: every secret moves to the newest key, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from dashboard.config.keys import KeptKeys, new_key
from scanner import bootstrap
from scanner.domain.revisions import Token
from scanner.storage.models import Credential, Repository, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def repository() -> Repository:
    """A repository without a credential."""
    team = Team.objects.create(name="Team", slug="team")
    return Repository.objects.create(team=team, name="one", slug="one", address="https://h/one")


def _use(settings: Settings, *keys: str) -> None:
    settings.CODEVITALS = replace(settings.CODEVITALS, secret_keys=keys)


def _rotate() -> str:
    output = StringIO()
    call_command("rotate_keys", stdout=output)
    return output.getvalue()


def _opens(repository: Repository, key: str) -> bool:
    ciphertext = bytes(Credential.objects.get(repository=repository).ciphertext)
    return b"s3cret" in Fernet(key).decrypt(ciphertext)


def test_given_keys_are_rotated_to_the_first(settings: Settings, repository: Repository) -> None:
    old, new = new_key(), new_key()
    _use(settings, old)
    bootstrap.credentials().replace(repository.pk, Token("s3cret"))
    _use(settings, new, old)
    assert "Encrypted with the newest key: 1. Those behind the first can be taken out" in _rotate()
    assert _opens(repository, new)


def test_a_kept_key_is_replaced_and_the_one_before_stays(
    settings: Settings, repository: Repository, tmp_path: Path
) -> None:
    kept = KeptKeys(tmp_path / "encryption.key")
    settings.CODEVITALS = replace(settings.CODEVITALS, secret_keys=kept)
    first = kept[0]
    bootstrap.credentials().replace(repository.pk, Token("s3cret"))
    assert "Encrypted with the newest key: 1." in _rotate()
    assert kept[0] != first
    assert kept[1] == first
    assert _opens(repository, kept[0])
    _rotate()
    assert first not in kept
    assert _opens(repository, kept[0])


def test_a_rotation_that_was_cut_short_loses_nothing(
    settings: Settings, repository: Repository, tmp_path: Path
) -> None:
    kept = KeptKeys(tmp_path / "encryption.key")
    settings.CODEVITALS = replace(settings.CODEVITALS, secret_keys=kept)
    bootstrap.credentials().replace(repository.pk, Token("s3cret"))
    kept.rotate()  # and then the machine went down
    _rotate()
    assert _opens(repository, kept[0])


def test_a_secret_whose_key_is_lost_is_named(settings: Settings, repository: Repository) -> None:
    _use(settings, new_key())
    bootstrap.credentials().replace(repository.pk, Token("s3cret"))
    before = bytes(Credential.objects.get().ciphertext)
    _use(settings, new_key())
    with pytest.raises(CommandError, match=rf"repositories \(ids\): {repository.pk}\. Bring"):
        _rotate()
    assert bytes(Credential.objects.get().ciphertext) == before


def test_a_key_is_printed_for_the_settings() -> None:
    output = StringIO()
    call_command("rotate_keys", "--print", stdout=output)
    Fernet(output.getvalue().strip())
