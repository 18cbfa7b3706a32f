"""Keys of an instance: from the environment, else made once and kept in the data directory.

Nothing is read or made before a key is needed, so commands that need none work anywhere.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import overload

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from dashboard.config.environment import Environment

ENCRYPTION_FILE = "encryption.key"
SECRET_FILE = "secret.key"  # noqa: S105


def secret_key(environment: Environment) -> str:
    """Django's secret key."""
    if environment.secret_key is not None:
        return environment.secret_key.get_secret_value()
    path = environment.data_dir / SECRET_FILE
    return _kept(path, lambda: secrets.token_urlsafe(48))[0]


def encryption_keys(environment: Environment) -> Sequence[str]:
    """Fernet keys for the secrets of repositories; the first encrypts, all decrypt."""
    if environment.encryption_keys:
        return tuple(key.get_secret_value() for key in environment.encryption_keys)
    return KeptKeys(environment.data_dir / ENCRYPTION_FILE)


def new_key() -> str:
    """A fresh Fernet key."""
    return Fernet.generate_key().decode()


class KeptKeys(Sequence[str]):
    """The keys in a file, one a line, newest first; read anew each time.

    So a rotation reaches running processes at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __len__(self) -> int:
        return len(_kept(self.path, new_key))

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return _kept(self.path, new_key)[index]

    def rotate(self) -> None:
        """Put a new key first and keep only the one before it.

        The one before stays for secrets that were written while the rotation ran.
        """
        newest = self[0]
        draft = _draft(self.path, [new_key(), newest])
        draft.replace(self.path)


def _kept(path: Path, make: Callable[[], str]) -> tuple[str, ...]:
    try:
        if not path.exists():
            _keep_first(path, make())
        keys = tuple(path.read_text().split())
    except OSError as error:
        raise ImproperlyConfigured(
            f"The key file {path} cannot be used: {error.strerror}."
        ) from error
    if not keys:
        raise ImproperlyConfigured(f"The key file {path} is empty; restore it from a backup.")
    return keys


def _keep_first(path: Path, key: str) -> None:
    """Keep a key unless another process was faster; a reader never sees half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(path, [key])
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _draft(path: Path, keys: Sequence[str]) -> Path:
    """A file beside `path`, readable by its owner alone, written to the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
