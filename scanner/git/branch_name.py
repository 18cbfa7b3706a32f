"""Names of branches as a user may type them: the rules of git check-ref-format, and two more."""

from __future__ import annotations

import re
from typing import Final

from scanner.domain.errors import UserError
from scanner.git.text import is_hidden

MAX_LENGTH: Final = 250
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//")


def check_branch(text: str) -> str:
    """The name without surrounding spaces; "" stays "" and means the remote's default branch.

    Raises UserError for what git would refuse, for names that begin with a dash, HEAD, full refs,
    and names with invisible characters.
    """
    name = text.strip(" \t\r\n")
    if not name:
        return ""
    problem = _problem(name)
    if problem:
        raise UserError(
            "branch.name",
            f"This cannot be the name of a branch: {problem}.",
            "Write it as `git branch` lists it, like main or release/2.0, or leave it empty "
            "for the default branch.",
        )
    return name


def _problem(name: str) -> str:
    if len(name.encode("utf-8", "replace")) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH} bytes"
    if name.startswith("-"):
        return "it begins with a dash"
    if name in ("@", "HEAD"):
        return "git keeps this name for itself"
    if name.startswith("refs/"):
        return "it is a full ref; leave out refs/heads/"
    if any(is_hidden(character) for character in name):
        return "it holds control or invisible characters"
    if _FORBIDDEN.search(name):
        return "it holds a space, '..', '//', '@{' or one of ~ ^ : ? * [ \\"
    return _part_problem(name)


def _part_problem(name: str) -> str:
    if name.startswith("/") or name.endswith(("/", ".")):
        return "it begins or ends with a slash, or ends with a dot"
    for part in name.split("/"):
        if part.startswith(".") or part.endswith(".lock"):
            return "a part of it begins with a dot or ends with .lock"
    return ""
