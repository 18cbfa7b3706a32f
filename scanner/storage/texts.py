"""Makes texts and numbers from repositories fit to be stored.

PostgreSQL takes no NUL and no lone surrogate in a text, and neither database a number that is no
number in JSON.
"""

from __future__ import annotations

import hashlib
import math
from typing import Final

LONGEST: Final = 4_000  # characters of a text without a limit of its own
LONGEST_PATH_BYTES: Final = 2_000  # PostgreSQL indexes at most about 2,700
CUT: Final = "…"


def clean(text: str, longest: int = LONGEST) -> str:
    """The text without what a database refuses, cut with an ellipsis."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "\0" in text:
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text if len(text) <= longest else text[: longest - 1] + CUT


def finite(number: float) -> float:
    """The number itself. Raises ValueError for an infinite one and for what is none."""
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be stored")
    return number


def clean_path(path: str) -> str:
    """A path that fits into an index; what is too long keeps its start and gets a digest."""
    path = clean(path, len(path) + 1)
    encoded = path.encode()
    if len(encoded) <= LONGEST_PATH_BYTES:
        return path
    digest = hashlib.sha256(encoded).hexdigest()[:16]
    start = encoded[: LONGEST_PATH_BYTES - 20].decode("utf-8", "ignore")
    return f"{start}{CUT}{digest}"
