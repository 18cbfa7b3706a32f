"""The use case that meets ssh hosts."""

from __future__ import annotations

from scanner.application.introduction import HostKey, Introduction
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.policy import SettledPolicy
from scanner.bootstrap.secrets import vault
from scanner.domain.errors import UserError
from scanner.git.key_pairs import KeyPairs


class ClosedHosts:
    """Stands in until the reading of host keys is wired."""

    def read(self, address: str) -> tuple[HostKey, ...]:
        """Raises UserError."""
        raise UserError("git.host-keys", f"The keys of {address} cannot be read yet.", "")


def introduction() -> Introduction:
    """Judges addresses, reads host keys, drafts key pairs."""
    return Introduction(SettledPolicy(configuration()), ClosedHosts(), vault(), KeyPairs())
