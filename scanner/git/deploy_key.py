"""Deploy keys for ssh, as people paste them."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_ssh_private_key,
)

from scanner.domain.errors import UserError

_MAX_LENGTH: Final = 20_000
_NEXT_STEP: Final = (
    "Paste the whole file of a private key without a passphrase, from its BEGIN to its END line."
)

_PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey


def normal_private_key(text: str) -> str:
    """The key in OpenSSH's format, as ssh wants its file. Raises UserError "credential.key"."""
    key = _read(text)
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode("ascii")


def _read(text: str) -> _PrivateKey:
    raw = (text.replace("\r\n", "\n").strip() + "\n").encode("utf-8", "replace")
    if len(raw) > _MAX_LENGTH or b"PRIVATE KEY-----" not in raw:
        raise _refused("This is no private key.")
    load = load_ssh_private_key if b"BEGIN OPENSSH" in raw else load_pem_private_key
    try:
        key = load(raw, password=None)
    except TypeError as error:  # cryptography's word for a key that wants a passphrase
        raise _refused("The key is protected by a passphrase.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        message = "protected by a passphrase" if "assword" in str(error) else "damaged"
        raise _refused(f"The key is {message}.") from error
    if not isinstance(key, _PrivateKey):
        raise _refused("The key is of a kind that hosts no longer take.")
    return key


def _refused(message: str) -> UserError:
    return UserError("credential.key", message, _NEXT_STEP)
