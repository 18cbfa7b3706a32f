"""Where secrets are sealed and opened."""

from __future__ import annotations

from scanner.bootstrap.environment import configuration
from scanner.git.secrets import CredentialVault


def vault() -> CredentialVault:
    """The vault of this process, with the operator's keys."""
    return CredentialVault(configuration().secret_keys)
