"""The printed identity of a finding, and the version of what it is made of.

A fingerprint is a function of one tree: the same commit, engine and rubric give the same ones,
whoever computes them and whatever was known before. So it holds the path, and changes when a file
is renamed. That a finding is still the same one then is not for the fingerprint to say:
`scanner.domain.lifecycle` matches the findings of two scans, and the stored finding keeps its
history and takes the fingerprint that it has in the newer tree.
"""

from __future__ import annotations

import hashlib
from typing import Final

SCHEME: Final = 1
"""The version of digests, symbols and fingerprints.

Raise it when any of them is made in another way. Findings stored under another version are then
matched by rule, file and symbol alone, once, instead of looking fixed and new.
"""


def fingerprint(rule: str, path: str, symbol: str, digest: str, ordinal: int) -> str:
    """Sixteen hexadecimal digits.

    `digest` is empty for a rule about a whole; `ordinal` counts equals in the order of their lines.
    """
    text = "\0".join((rule, path, symbol, digest, str(ordinal)))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
