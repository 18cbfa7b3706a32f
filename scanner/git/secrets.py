"""Seals the secrets of repositories with keys of the operator's; each can be replaced, never read.

What is sealed says what it is for, so one kind of secret cannot be passed off as another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from scanner.application.records import SealedCredential
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token
from scanner.git.deploy_key import normal_private_key

_TOKEN: Final = "token"  # noqa: S105
_DEPLOY_KEY: Final = "deploy-key"
_PLAIN: Final = re.compile(r"[!-~]{1,4000}")  # printable ASCII without spaces
_USERNAME: Final = re.compile(r"[!-9;-~]{1,100}")  # the same without the colon
_HOST_LINE: Final = re.compile(r"[^\s|@#]\S* [a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?")
_MAX_KNOWN_HOSTS: Final = 20_000


class CredentialVault:
    """Implements Vault. The first key seals, all open; keys are read anew at each call."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys

    def seal(self, credential: Token | DeployKey) -> SealedCredential:
        """Check a secret and encrypt it. Raises UserError "credential....".

        A deploy key is brought into the form that ssh wants.
        """
        if isinstance(credential, Token):
            _check_token(credential)
            secret = self._encrypt(_TOKEN, credential.secret)
            return SealedCredential(_TOKEN, credential.username, secret, "")
        _check_known_hosts(credential.known_hosts)
        private_key = normal_private_key(credential.private_key)
        secret = self._encrypt(_DEPLOY_KEY, private_key)
        return SealedCredential(_DEPLOY_KEY, "", secret, credential.known_hosts)

    def open(self, sealed: SealedCredential) -> Token | DeployKey:
        """The secret itself. Raises UserError "credential.unreadable" when no key fits."""
        secret = self._decrypt(sealed)
        if sealed.kind == _TOKEN:
            return Token(secret, sealed.username)
        return DeployKey(secret, sealed.known_hosts)

    def rotate(self, sealed: SealedCredential) -> SealedCredential:
        """The same secret under the first key. Raises UserError "credential.unreadable"."""
        secret = self._encrypt(sealed.kind, self._decrypt(sealed))
        return SealedCredential(sealed.kind, sealed.username, secret, sealed.known_hosts)

    def _encrypt(self, kind: str, secret: str) -> bytes:
        return self._ring().encrypt(json.dumps([kind, secret]).encode())

    def _decrypt(self, sealed: SealedCredential) -> str:
        try:
            kind, secret = json.loads(self._ring().decrypt(sealed.ciphertext))
        except InvalidToken as error:
            raise _unreadable() from error
        if kind != sealed.kind:
            raise _unreadable()
        return str(secret)

    def _ring(self) -> MultiFernet:
        try:
            return MultiFernet([Fernet(key) for key in self._keys])
        except ValueError as error:
            raise UserError(
                "credential.no-key",
                "Secrets cannot be kept: the encryption key of this instance is missing or wrong.",
                "The operator must set CODEVITALS_ENCRYPTION_KEYS to keys for Fernet.",
            ) from error


def _unreadable() -> UserError:
    return UserError(
        "credential.unreadable",
        "The stored credential cannot be opened: its encryption key is gone.",
        "Bring the old key back in CODEVITALS_ENCRYPTION_KEYS, or store the credential again.",
    )


def _check_token(token: Token) -> None:
    if not _PLAIN.fullmatch(token.secret):
        raise UserError(
            "credential.token",
            "The token is empty, or holds spaces or letters outside ASCII.",
            "Copy it again from the page of the host that made it.",
        )
    if not _USERNAME.fullmatch(token.username):
        raise UserError(
            "credential.username",
            "The user name is empty, or holds spaces, colons or letters outside ASCII.",
            "Leave it as it is suggested, or write the user name that the host asks for.",
        )


def _check_known_hosts(known_hosts: str) -> None:
    lines = known_hosts.strip().splitlines()
    if len(known_hosts) > _MAX_KNOWN_HOSTS or not all(map(_HOST_LINE.fullmatch, lines)):
        lines = []
    if not lines:
        raise UserError(
            "credential.known-hosts",
            "The key of the host was not confirmed.",
            "Let Codevitals read the key of the host, compare it, and confirm it.",
        )
