"""Keys of an instance: from the environment, else made once and kept in the data directory."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet

from dashboard.config.environment import Environment


def secret_key(environment: Environment) -> str:
    """Django's secret key."""
    if environment.secret_key is not None:
        return environment.secret_key.get_secret_value()
    return _kept(environment.data_dir / "secret.key", lambda: secrets.token_urlsafe(48))


def encryption_keys(environment: Environment) -> tuple[str, ...]:
    """Fernet keys for the secrets of repositories; the first encrypts, all decrypt."""
    if environment.encryption_keys:
        return tuple(key.get_secret_value() for key in environment.encryption_keys)
    return (_kept(environment.data_dir / "encryption.key", lambda: Fernet.generate_key().decode()),)


def _kept(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = make()
        file.write(key + "\n")
    return key
