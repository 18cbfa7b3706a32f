"""The `--rubric` argument of the commands."""

from __future__ import annotations

from pathlib import Path

from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.rules.catalogue import read_rubric


def rubric_of(path: Path | None) -> Rubric:
    """The rubric of a file, the default without one. Raises UserError."""
    if path is None:
        return DEFAULT
    try:
        return read_rubric(path.read_bytes())
    except OSError as error:
        raise UserError(
            "rubric.missing",
            f"The rubric file {path} cannot be read: {error.strerror}.",
            "Name a TOML file that exists.",
        ) from error
