"""Meet an ssh host: its keys are read once, and a person compares them before they are trusted.

Also makes key pairs for people who have none. The private half travels through a page sealed, and
is opened again when the repository is registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from scanner.application.records import JudgedAddress, SealedCredential
from scanner.application.stores import AddressPolicy, Vault
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey


@dataclass(frozen=True, slots=True)
class HostKey:
    """One public key of a host."""

    kind: str  # "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"
    fingerprint: str  # "SHA256:..." as ssh-keygen prints it
    line: str  # as it stands in a known_hosts file


class HostKeys(Protocol):
    """Asks hosts for their keys."""

    def read(self, address: str) -> tuple[HostKey, ...]:
        """The keys of an ssh address that was judged before.

        Raises UserError "git...." when the host may not be reached or does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new pair, both halves in OpenSSH's format."""

    private: str
    public: str  # one line


class KeyMaker(Protocol):
    """Makes key pairs."""

    def make(self, comment: str) -> KeyPair:
        """A new pair."""
        ...


@dataclass(frozen=True, slots=True)
class Introduced:
    """A judged address; its keys are empty where none need to be confirmed."""

    address: JudgedAddress
    keys: tuple[HostKey, ...]


@dataclass(frozen=True, slots=True)
class DraftKey:
    """A pair that waits for its registration: the private half is sealed."""

    public: str
    sealed: SealedCredential


class Introduction:
    """The use case behind the second step of the form."""

    def __init__(
        self, policy: AddressPolicy, hosts: HostKeys, vault: Vault, maker: KeyMaker
    ) -> None:
        self._policy = policy
        self._hosts = hosts
        self._vault = vault
        self._maker = maker

    def introduce(self, address: str, *, may_use_paths: bool) -> Introduced:
        """Judge an address and, for ssh, read the keys of its host.

        Raises UserError "address...." or "git....".
        """
        judged = self._policy.judge(address, may_use_paths=may_use_paths)
        if judged.kind != "remote" or not judged.address.startswith("ssh://"):
            return Introduced(judged, ())
        return Introduced(judged, self._hosts.read(judged.address))

    def draft(self, comment: str, known_hosts: str) -> DraftKey:
        """A new pair for a host whose keys are shown beside it."""
        pair = self._maker.make(comment)
        return DraftKey(pair.public, self._vault.seal(DeployKey(pair.private, known_hosts)))

    def open_draft(self, sealed: SealedCredential) -> DeployKey:
        """The drafted key. Raises UserError "credential...."."""
        drafted = self._vault.open(sealed)
        if not isinstance(drafted, DeployKey):
            raise UserError(
                "credential.unreadable",
                "The generated key cannot be opened again.",
                "Generate another one.",
            )
        return drafted
