"""Makes deploy keys for people who have none."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from scanner.application.introduction import KeyPair


class KeyPairs:
    """Implements KeyMaker with Ed25519, which every host of today takes."""

    def make(self, comment: str) -> KeyPair:
        """A new pair; the comment is one word at the end of the public line."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return KeyPair(
            private=private.private_bytes(
                Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
            ).decode("ascii"),
            public=f"{public.decode('ascii')} {comment}",
        )
