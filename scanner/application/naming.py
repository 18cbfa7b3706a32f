"""Names of repositories: what an address suggests, and the part of a page's address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from scanner.domain.errors import UserError

LONGEST_NAME: Final = 100  # characters
_UNSHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def name_from_address(address: str) -> str:
    """The last part of a URL or path, without ".git"."""
    last = re.split(r"[/:]", address.rstrip("/"))[-1]
    return tidy_name(last.removesuffix(".git")) or "repository"


def tidy_name(name: str) -> str:
    """The name in one line, without control and direction characters, cut at its limit."""
    shown = "".join(" " if unicodedata.category(sign) in _UNSHOWN else sign for sign in name)
    return " ".join(shown.split())[:LONGEST_NAME].rstrip()


def checked_name(name: str) -> str:
    """A name that a user typed. Raises UserError "name.empty" when nothing is left of it."""
    tidy = tidy_name(name)
    if not tidy:
        raise UserError(
            "name.empty", "The name is empty.", "Give the repository a name of its own."
        )
    return tidy


def free_slug(name: str, taken: Collection[str]) -> str:
    """A part of an address for this name, with a number behind it where others have it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_NAME - 6] or "repository"
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
