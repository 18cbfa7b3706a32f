"""Keys: made once, kept for their owner alone, rotated while others read."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet
from django.core.exceptions import ImproperlyConfigured
from pydantic import SecretStr

from dashboard.config.environment import Environment
from dashboard.config.keys import KeptKeys, encryption_keys, new_key, secret_key


def _environment(folder: Path) -> Environment:
    return Environment(data_dir=folder, secret_key=None, encryption_keys=())


def test_keys_are_made_once_and_apart(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = secret_key(_environment(folder)), list(encryption_keys(_environment(folder)))
    again = secret_key(_environment(folder)), list(encryption_keys(_environment(folder)))
    assert first == again
    assert first[0] != first[1][0]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == ["encryption.key", "secret.key"]


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    encryption_keys(_environment(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_given_keys_win(tmp_path: Path) -> None:
    key = new_key()
    given = Environment(
        data_dir=tmp_path, secret_key=SecretStr("s" * 50), encryption_keys=(SecretStr(key),)
    )
    assert secret_key(given) == "s" * 50
    assert tuple(encryption_keys(given)) == (key,)
    assert list(tmp_path.iterdir()) == []


def test_many_processes_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: KeptKeys(tmp_path / "a.key")[0], range(32)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]


def test_a_rotation_is_seen_by_whoever_holds_the_keys(tmp_path: Path) -> None:
    held, rotating = KeptKeys(tmp_path / "a.key"), KeptKeys(tmp_path / "a.key")
    oldest = held[0]
    sealed = Fernet(oldest).encrypt(b"token")
    rotating.rotate()
    assert len(held) == 2
    assert held[1] == oldest
    assert MultiFernet([Fernet(key) for key in held]).decrypt(sealed) == b"token"
    rotating.rotate()
    assert oldest not in held
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_an_empty_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "a.key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty; restore it from a backup"):
        KeptKeys(tmp_path / "a.key")[0]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.key").mkdir()
    with pytest.raises(ImproperlyConfigured, match=r"a\.key cannot be used: Is a directory"):
        KeptKeys(tmp_path / "a.key")[0]
