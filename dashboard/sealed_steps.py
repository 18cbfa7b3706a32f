"""What one step of a form hands to the next through the page: signed, bound and short-lived.

Nothing here is secret in clear: host keys are public, and a drafted private key is encrypted
before it gets here. The signature binds both to the user and the address they were made for.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

from django.core import signing

from scanner.application.introduction import DraftKey, HostKey
from scanner.application.records import SealedCredential

HOST_SECONDS: Final = 3_600
DRAFT_SECONDS: Final = 86_400
_HOST_SALT: Final = "codevitals.host-keys"
_DRAFT_SALT: Final = "codevitals.draft-key"


@dataclass(frozen=True, slots=True)
class Binding:
    """Whom and what a step is for."""

    user_id: int
    address: str

    @property
    def key(self) -> list[object]:
        """The binding inside a signed value."""
        return [self.user_id, self.address]


def sign_host(binding: Binding, keys: tuple[HostKey, ...]) -> str:
    """The host keys that the page shows, for its next step."""
    rows = [[key.kind, key.fingerprint, key.line] for key in keys]
    return signing.dumps([binding.key, rows], salt=_HOST_SALT)


def read_host(binding: Binding, text: str) -> tuple[HostKey, ...]:
    """The host keys that were shown for this address; none when the step is foreign or too old."""
    bound, rows = _loads(text, _HOST_SALT, HOST_SECONDS)
    return tuple(HostKey(*row) for row in rows) if bound == binding.key else ()


def sign_draft(binding: Binding, draft: DraftKey) -> str:
    """A drafted key pair, for the next step."""
    sealed = draft.sealed
    row = [
        draft.public,
        sealed.kind,
        sealed.username,
        base64.b64encode(sealed.ciphertext).decode("ascii"),
        sealed.known_hosts,
    ]
    return signing.dumps([binding.key, row], salt=_DRAFT_SALT)


def read_draft(binding: Binding, text: str) -> DraftKey | None:
    """The key pair that was drafted for this address; None when it is foreign or too old."""
    bound, row = _loads(text, _DRAFT_SALT, DRAFT_SECONDS)
    if bound != binding.key:
        return None
    public, kind, username, ciphertext, known_hosts = row
    sealed = SealedCredential(kind, username, base64.b64decode(ciphertext), known_hosts)
    return DraftKey(public, sealed)


def _loads(text: str, salt: str, seconds: int) -> tuple[list[object], list[str]]:
    try:
        bound, value = signing.loads(text, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return [], []
    return bound, value
