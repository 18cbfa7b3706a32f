"""Folders of this machine that an administrator may register: only under the operator's roots."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from scanner.domain.errors import UserError
from scanner.git.text import is_hidden


def check_local_path(text: str, roots: Sequence[Path]) -> Path:
    """The folder with every symlink resolved, under one of the roots. Raises UserError.

    The answer is true for the moment only: call it again before each use.
    """
    if not roots:
        raise UserError(
            "address.local-off",
            "Folders of this machine cannot be registered here.",
            "The operator can list the folders that hold them in CODEVITALS_LOCAL_ROOTS.",
        )
    path = Path(text)
    if not path.is_absolute() or any(is_hidden(character) for character in text):
        raise UserError(
            "address.local-relative",
            "The path is not absolute, or holds invisible characters.",
            "Write it from the root on, like /srv/git/project.",
        )
    folder = _resolved(path)
    if not any(is_under(folder, root) for root in roots):
        raise _outside()
    if not os.path.isdir(folder):
        raise UserError(
            "address.local-missing",
            "There is no such folder.",
            "Check the spelling, and that the user who runs Codevitals may read it.",
        )
    return folder


def is_under(folder: Path, root: Path) -> bool:
    """Whether a resolved folder is the root or lies under it."""
    try:
        return folder.is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError):  # a root that is gone, or a loop of symlinks, holds nothing
        return False


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(
            "address.local-missing",
            "The path cannot be followed to a folder.",
            "Check the spelling, and that its symlinks lead somewhere.",
        ) from error


def _outside() -> UserError:
    return UserError(
        "address.local-outside",
        "The folder is not under one of the folders that the operator opened.",
        "Move it there, or ask the operator to extend CODEVITALS_LOCAL_ROOTS.",
    )
