"""What a host says it has, as `git ls-remote --symref` prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.git.causes import NO_COMMIT

_HEADS: Final = "refs/heads/"
_TAGS: Final = "refs/tags/"
_SHA: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class RemoteRefs:
    """Refs by their full name. `default` is "" when HEAD names no branch that exists."""

    default: str
    objects: Mapping[str, str]

    @property
    def branches(self) -> list[str]:
        """Names of branches, sorted."""
        heads = (name for name in self.objects if name.startswith(_HEADS))
        return sorted(name.removeprefix(_HEADS) for name in heads)

    def find(self, name: str) -> str:
        """What to fetch for a name as a person writes it: a branch, a tag or a whole sha.

        Raises UserError "git.no-commit".
        """
        for full in (_HEADS + name, _TAGS + name, name):
            if full in self.objects:
                return full
        if _SHA.fullmatch(name):
            return name
        raise NO_COMMIT.error()


def parse_refs(printed: bytes) -> RemoteRefs:
    """Read the lines of ls-remote; what is no ref is passed over."""
    default, objects = "", {}
    for line in printed.decode("utf-8", "replace").splitlines():
        value, tab, name = line.partition("\t")
        if not tab:
            continue
        if value.startswith("ref: "):
            default = (
                value.removeprefix("ref: ").removeprefix(_HEADS) if name == "HEAD" else default
            )
        elif _SHA.fullmatch(value):
            objects[name] = value
    return RemoteRefs(default if _HEADS + default in objects else "", objects)
