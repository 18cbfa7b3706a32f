"""Files beside the modules that hold secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.globs import matches_any
from scanner.domain.project import SecretFile
from scanner.rules.contexts import Survey
from scanner.rules.offences import WHOLE_FILE

SETTINGS: Final = "settings"
"""The kind of an environment file without secrets, which is told and costs nothing."""


def committed_secrets(survey: Survey) -> Iterator[tuple[str, SecretFile]]:
    """Environment files with values and private keys, with the keys of their sites."""
    exclude = survey.project.config.exclude
    for file in survey.project.secret_files:
        if not matches_any(file.path, exclude):
            yield WHOLE_FILE, file
