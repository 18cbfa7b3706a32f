"""What a tree says beside its modules, and what its pyproject.toml may declare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """`[tool.codevitals]` of the commit that is judged: data only, never a limit of the rubric."""

    layers: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (layer, globs)
    source_roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # globs
    unknown_keys: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()  # in plain words: not TOML, too large, a wrong type


class SecretFile(NamedTuple):
    """A file that is no module and holds secrets, or settings: where and why, never what."""

    path: str
    kind: str  # "values" (secrets in an environment file) | "settings" (others) | "private key"
    line: int  # of the first one
    name: str = ""  # of the first one in an environment file


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The tree as a whole. `paths` holds every regular file, safe text, sorted."""

    paths: tuple[str, ...]
    config: ProjectConfig = field(default_factory=ProjectConfig)
    secret_files: tuple[SecretFile, ...] = ()
