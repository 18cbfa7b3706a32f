"""The use case that meets ssh hosts."""

from __future__ import annotations

from scanner.application.introduction import Introduction
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.policy import SettledPolicy
from scanner.bootstrap.secrets import vault
from scanner.git.host_keys import HostKeyReader
from scanner.git.key_pairs import KeyPairs


def introduction() -> Introduction:
    """Judges addresses, reads host keys, drafts key pairs."""
    settings = configuration()
    return Introduction(SettledPolicy(settings), HostKeyReader(settings), vault(), KeyPairs())
