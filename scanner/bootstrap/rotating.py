"""The use case of operators: rotate the keys."""

from __future__ import annotations

from scanner.application.rotation import KeyRotation
from scanner.bootstrap.secrets import vault
from scanner.storage.sealed import SealedCredentials


def key_rotation() -> KeyRotation:
    """Seals stored secrets anew."""
    return KeyRotation(vault(), SealedCredentials())
