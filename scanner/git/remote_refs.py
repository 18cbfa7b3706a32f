"""What a host says it has, as `git ls-remote` prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.git.causes import NO_COMMIT

_SHA: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class RemoteRefs:
    """Refs by their full names, HEAD among them."""

    objects: Mapping[str, str]

    def find(self, name: str) -> str:
        """What to fetch for a name as a person writes it: a branch, a tag or a whole sha.

        Raises UserError "git.no-commit".
        """
        for full in (f"refs/heads/{name}", f"refs/tags/{name}", name):
            if full in self.objects:
                return full
        if _SHA.fullmatch(name):
            return name
        raise NO_COMMIT.error()


def parse_refs(printed: bytes) -> RemoteRefs:
    """Read the lines of ls-remote; what is no ref is passed over."""
    lines = (line.split("\t") for line in printed.decode("utf-8", "replace").splitlines())
    pairs = (line for line in lines if len(line) == 2)
    return RemoteRefs({name: sha for sha, name in pairs if _SHA.fullmatch(sha)})
