"""The identity of a finding, from one scan to the next."""

from __future__ import annotations

import hashlib


def fingerprint(rule: str, path: str, symbol: str, digest: str, ordinal: int) -> str:
    """Sixteen hexadecimal digits.

    `digest` is empty for a rule about a whole; `ordinal` counts equals in the order of their lines.
    """
    text = "\0".join((rule, path, symbol, digest, str(ordinal)))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
