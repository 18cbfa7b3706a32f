"""What the layers, the circles and the parts of one tree are: the data of their picture.

It is kept with the latest verdict, so every list is bounded; the counts beside them are whole.
Paths and names are hostile text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

MOST_FOLDERS: Final = 120
MOST_FLOWS: Final = 400
MOST_BREACHES: Final = 300
MOST_CIRCLES: Final = 40
MOST_STEPS: Final = 60
MOST_PARTS: Final = 80
MOST_PAIRS: Final = 40
MOST_ROOTS: Final = 40
MOST_NAMES: Final = 12


@dataclass(frozen=True, slots=True)
class LayerFolder:
    """A folder of one layer. `package` is the layered package that it belongs to."""

    layer: str
    package: str
    folder: str
    modules: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Imports from one layer to another, of the same package or of two.

    `count` are the modules imported as the layers allow, statement by statement; `breaking` are
    the statements that break them.
    """

    package: str
    layer: str
    to_package: str
    to_layer: str
    count: int
    breaking: int


@dataclass(frozen=True, slots=True)
class Breach:
    """An import that breaks the layers. Without `to_path` it names a package from outside."""

    rule: str
    path: str
    line: int
    package: str
    layer: str
    name: str  # of the importing module
    to_name: str
    to_path: str
    to_package: str
    to_layer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One import of a circle: `path` imports the next step's module on `line`."""

    name: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Circle:
    """Modules that hang together in circles, and the shortest way round."""

    modules: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An app, a project or a package of the tree, with all its modules; or a module alone."""

    name: str
    folder: str
    modules: int
    imports: int  # other parts that it imports
    imported_by: int

    @property
    def is_module(self) -> bool:
        """Whether `folder` is the path of a module."""
        return self.folder.endswith(".py")


@dataclass(frozen=True, slots=True)
class Bond:
    """Imports of one part by another, at import time; path and line of the first."""

    name: str
    to_name: str
    count: int
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class PartCircle:
    """Parts that hang together in circles, and the shortest way round."""

    parts: int
    steps: tuple[Bond, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """How the tree is parted: by Django's apps, by projects or by packages."""

    kind: str = "package"  # "app" | "project" | "package"
    total: int = 0
    parts: tuple[Part, ...] = ()
    circles: tuple[PartCircle, ...] = ()
    pairs: tuple[tuple[Bond, Bond], ...] = ()  # parts that import each other; the thinner way first
    pair_total: int = 0


@dataclass(frozen=True, slots=True)
class SourceRoot:
    """A folder at which dotted names start, and the first names below it."""

    folder: str
    names: tuple[str, ...]
    modules: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A declaration to begin with: patterns by layer, and what it would say of the imports."""

    layers: tuple[tuple[str, tuple[str, ...]], ...]
    judged: int
    breaking: int


@dataclass(frozen=True, slots=True)
class Architecture:
    """The layers, circles and parts of one tree."""

    is_declared: bool = False
    modules: int = 0
    layered: int = 0  # modules that have a layer
    folders: tuple[LayerFolder, ...] = ()
    flows: tuple[Flow, ...] = ()
    breaches: tuple[Breach, ...] = ()
    breach_total: int = 0
    circles: tuple[Circle, ...] = ()
    circle_total: int = 0
    parts: Parts = Parts()
    roots: tuple[SourceRoot, ...] = ()
    named: tuple[LayerFolder, ...] = ()  # folders named like layers where none are recognised
    suggestion: Suggestion | None = None
    services: tuple[str, ...] = ()  # modules that make a FastAPI application


_ADAPTER: Final = TypeAdapter(Architecture)


def to_plain(architecture: Architecture) -> Mapping[str, object]:
    """The architecture as dictionaries, tuples, texts and numbers."""
    return asdict(architecture)


def from_plain(content: object) -> Architecture | None:
    """The architecture again, out of JSON too; None when an engine of another shape wrote it."""
    try:
        return _ADAPTER.validate_python(content)
    except ValidationError:
        return None
