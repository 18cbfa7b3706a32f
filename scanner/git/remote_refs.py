"""What a host says it has, as `git ls-remote` prints it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.git.causes import NO_COMMIT

_TAGS: Final = "refs/tags/"
_BEHIND: Final = "^{}"  # what an annotated tag leads to
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

    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The names of tags by what they lead to, behind annotations."""
        plain = {name: sha for name, sha in self.objects.items() if name.startswith(_TAGS)}
        found: dict[str, list[str]] = defaultdict(list)
        for name, sha in plain.items():
            if not name.endswith(_BEHIND):
                found[plain.get(name + _BEHIND, sha)].append(name.removeprefix(_TAGS))
        return {commit: tuple(sorted(names)) for commit, names in found.items()}


def parse_refs(printed: bytes) -> RemoteRefs:
    """Read the lines of ls-remote; what is no ref is passed over."""
    lines = (line.split("\t") for line in printed.decode("utf-8", "replace").splitlines())
    pairs = (line for line in lines if len(line) == 2)
    return RemoteRefs({name: sha for sha, name in pairs if _SHA.fullmatch(sha)})
