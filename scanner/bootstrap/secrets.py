"""Where secrets are sealed and opened."""

from __future__ import annotations

from scanner.application.records import SealedCredential
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token


class ClosedVault:
    """Stands in until the encrypting one is wired."""

    def seal(self, credential: Token | DeployKey) -> SealedCredential:
        """Raises UserError."""
        raise UserError("credential.closed", "Secrets cannot be stored yet.", "")

    def open(self, sealed: SealedCredential) -> Token | DeployKey:
        """Raises UserError."""
        raise UserError("credential.closed", "Secrets cannot be opened yet.", "")


def vault() -> ClosedVault:
    """The vault of this process."""
    return ClosedVault()
