"""The picture of each repository's layers, of its latest snapshot alone."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.domain.architecture import Architecture, to_plain
from scanner.storage import models
from scanner.storage.texts import clean, clean_path

_PATHS = frozenset({"path", "to_path", "folder", "package", "to_package"})


def store(repository_id: int, architecture: Architecture) -> None:
    """Replace what is kept of the repository."""
    content = _cleaned(to_plain(architecture))
    models.Architecture.objects.update_or_create(
        repository_id=repository_id, defaults={"content": content}
    )


def _cleaned(value: object, key: str = "") -> object:
    """The same with every text fit for a database; paths as the findings have them."""
    if isinstance(value, str):
        return clean_path(value) if key in _PATHS else clean(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(each, name) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_cleaned(each, key) for each in value]
    return value
