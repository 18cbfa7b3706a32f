"""Where the names in import statements lead within one tree of files.

A *source root* is a folder whose children are top-level names: the top of the tree, a declared
root, a folder that holds a project file, a `src` or `lib` below one that is no package, and the
folder around a top-level package. A name is looked up first from the importer's own roots, the
nearest first, then from the roots of the other packages in scope, the closest first. Packages
without an `__init__` are found below any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from scanner.domain.facts import Import
from scanner.domain.standard_library import STANDARD_LIBRARY

PROJECT_FILES: Final = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "manage.py"})
SOURCE_FOLDERS: Final = ("src", "lib")
FACADE: Final = "__init__.py"
BUILT: Final = "?"  # a submodule that is not in the tree, compiled or generated when it is built


@dataclass(frozen=True, slots=True)
class Tree:
    """What resolution needs to know. `imported`: first parts of the absolute imports made in it."""

    files: Collection[str]
    in_scope: Collection[str]  # modules that other packages may mean; tests and examples are not
    source_roots: Collection[str] = ()
    imported: frozenset[str] = frozenset()


class Resolution(NamedTuple):
    """Where one import statement leads."""

    targets: tuple[str, ...]  # modules of the tree, the importer itself left out
    outside: tuple[str, ...]  # dotted names that are not in the tree
    is_internal: bool  # it imports from this tree, even if only what is built or generated


class Name(NamedTuple):
    """A dotted name that a statement asks for; relative ones stand without their dots."""

    parts: tuple[str, ...]
    modules: int  # how many of the parts must be modules: the last of a from-import need not


def folder_of(path: str) -> str:
    """The folder that holds a path, "" for the top."""
    return path.rpartition("/")[0]


def join(folder: str, name: str) -> str:
    """A path below a folder."""
    return f"{folder}/{name}" if folder else name


def folders_above(folder: str) -> Iterator[str]:
    """This folder and all around it, up to the top."""
    while folder:
        yield folder
        folder = folder_of(folder)
    yield ""


def is_own_package(importer: str, imported: str) -> bool:
    """Whether `imported` is the `__init__` of a package that the importer lies in."""
    folder, _, name = imported.rpartition("/")
    return name == FACADE and importer.startswith(f"{folder}/" if folder else "")


Key = tuple[str | tuple[str, ...], int, bool, str, tuple[str, ...]]


class Shape:
    """The folders of a tree: which are packages, and which are source roots."""

    def __init__(self, tree: Tree) -> None:
        self.modules = frozenset(path for path in tree.files if path.endswith(".py"))
        self.packages = {folder_of(path) for path in self.modules if path.endswith(f"/{FACADE}")}
        self.folders = {
            folder
            for holder in {folder_of(path) for path in self.modules}
            for folder in folders_above(holder)
        }
        self.declared = frozenset(root.strip("/") for root in tree.source_roots)
        self.strong = self.declared | self._project_roots(tree.files)
        self.imported = tree.imported

    def _project_roots(self, files: Iterable[str]) -> frozenset[str]:
        projects = {folder_of(path) for path in files if path.rpartition("/")[2] in PROJECT_FILES}
        projects.add("")
        sources = {join(folder, name) for folder in projects for name in SOURCE_FOLDERS}
        return frozenset(projects | (sources & self.folders - self.packages))

    def words(self) -> frozenset[str]:
        """The names of all folders and modules, whatever they mean."""
        modules = {path.rpartition("/")[2][:-3] for path in self.modules}
        return frozenset(modules | {folder.rpartition("/")[2] for folder in self.folders})

    def top_package(self, folder: str) -> str:
        """The outermost package around a folder, or "" when none is."""
        around = [above for above in folders_above(folder) if above in self.packages]
        return around[-1] if around else ""

    def is_namespace(self, root: str) -> bool:
        """Whether modules directly in this folder go by its name, so are no top-level names."""
        if not root or root in self.declared:
            return False
        return any(part in self.imported for part in root.split("/"))

    def descend(self, folder: str, name: Name, found: str = "") -> str:
        """The module that a name means below a folder, BUILT, or "" for none of the tree."""
        for place, part in enumerate(name.parts):
            folder = join(folder, part)
            if folder in self.packages:
                found = f"{folder}/{FACADE}"
            elif f"{folder}.py" in self.modules:
                return f"{folder}.py"
            elif folder in self.folders:
                found = ""
            else:
                return found if not found or place >= name.modules else BUILT
        return found


class Differences(NamedTuple):
    """What two trees may resolve differently: names with one of these words, or from there."""

    words: frozenset[str]
    folders: frozenset[str]  # of importers; "" for none but the top
    packages: frozenset[str]  # of importers inside them

    def touch(self, folder: str, words: frozenset[str]) -> bool:
        """Whether names made of these words may lead elsewhere from a folder."""
        if folder in self.folders or not self.words.isdisjoint(words):
            return True
        return not self.packages.isdisjoint(folders_above(folder))


class ModuleIndex:
    """Resolves the import statements of one tree. It remembers each answer."""

    def __init__(self, tree: Tree) -> None:
        self._shape = Shape(tree)
        self._roots: dict[str, tuple[str, ...]] = {}
        self._resolved: dict[Key, Resolution] = {}
        self._words = self._shape.words()
        self._tops: dict[str, set[str]] = {}
        for folder in {folder_of(path) for path in tree.in_scope}:
            self._note_tops(folder)
        for path in tree.in_scope:
            if folder_of(path) in self._shape.strong:
                name = path.rpartition("/")[2].removesuffix(".py")
                self._tops.setdefault(name, set()).add(folder_of(path))
        self._ambiguous = {name for name, roots in self._tops.items() if len(roots) > 1}

    def _note_tops(self, folder: str) -> None:
        """Remember the top-level names that lead to this folder, with their roots."""
        around = folder_of(self._shape.top_package(folder))
        below = folder
        for root in list(folders_above(folder))[1:]:
            if root in self._shape.strong or (root == around and below in self._shape.packages):
                self._tops.setdefault(below.rpartition("/")[2], set()).add(root)
            below = root

    def differences(self, before: ModuleIndex) -> Differences | None:
        """What may be resolved otherwise than before; None when that may be anything.

        A name leads where the files and folders named like its parts are, from the source roots
        around the importer and those that its first part is known to have.
        """
        here, there = self._shape, before._shape
        fresh = here.imported ^ there.imported
        modules = here.modules ^ there.modules
        if (
            FACADE in modules
            or here.declared != there.declared
            or not fresh.isdisjoint(self._parts_of_roots(before))
        ):
            return None
        packages = here.packages ^ there.packages
        changed = {*packages, *(here.folders ^ there.folders)}
        changed.update([path.removesuffix(".py") for path in modules])
        words = {path.rpartition("/")[2] for path in changed} | (
            self._ambiguous ^ before._ambiguous
        )
        tops = self._tops.keys() | before._tops.keys()
        words.update([top for top in tops if self._tops.get(top) != before._tops.get(top)])
        moved = [
            folder for folder, roots in before._roots.items() if self._own_roots(folder) != roots
        ]
        return Differences(frozenset(words), frozenset(moved), frozenset(packages))

    def _parts_of_roots(self, before: ModuleIndex) -> set[str]:
        """The names of all folders that names were looked for below, now or before."""
        tops = (*self._tops.values(), *before._tops.values())
        roots = {root for found in (*tops, *before._roots.values()) for root in found}
        return {part for root in roots for part in root.split("/")}

    def root(self, path: str) -> str:
        """The source root that a module's dotted name starts at; "" is the top of the tree."""
        top = self._shape.top_package(folder_of(path)) or folder_of(path)
        outer = list(folders_above(top))
        if top in self._shape.packages:
            outer = outer[1:]
        return next(folder for folder in outer if self._ends_name(folder))

    def _ends_name(self, folder: str) -> bool:
        """Whether a folder is a source root, or has a name that nothing can import."""
        return folder in self._shape.strong or not folder.rpartition("/")[2].isidentifier()

    def name(self, path: str) -> str:
        """The dotted name that a module goes by, as far as its source root can be told."""
        root = self.root(path)
        below = path[len(root) + 1 :] if root else path
        return below.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def resolve(self, importer: str, statement: Import) -> Resolution:
        """The modules that a statement names, and the names that lead out of the tree."""
        folder = folder_of(importer)
        relative = statement.level or self._is_ambiguous(statement)
        place = folder if relative else self._own_roots(folder)
        key = (place, statement.level, statement.is_from, statement.module, statement.names)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._find(folder, statement)
        if importer in found.targets:
            others = tuple(target for target in found.targets if target != importer)
            return found._replace(targets=others, is_internal=bool(others))
        return found

    def _is_ambiguous(self, statement: Import) -> bool:
        """Whether a top-level name has several roots, so that the closest one decides."""
        if not self._ambiguous:
            return False
        names = (statement.module,) if statement.is_from else statement.names
        return any(name.partition(".")[0] in self._ambiguous for name in names)

    def _find(self, folder: str, statement: Import) -> Resolution:
        found: dict[str, None] = {}
        outside: list[str] = []
        for name in _names(statement):
            if statement.level:
                found[self._relative(folder, statement.level, name) or BUILT] = None
            elif target := self._locate(folder, name):
                found[target] = None
            else:
                outside.append(".".join(name.parts))
        targets = tuple(target for target in found if target != BUILT)
        return Resolution(targets, tuple(outside), is_internal=bool(found))

    def _relative(self, folder: str, level: int, name: Name) -> str:
        around = list(folders_above(folder))
        if level > len(around):
            return ""
        base = around[level - 1]
        facade = join(base, FACADE)
        return self._shape.descend(base, name, facade if facade in self._shape.modules else "")

    def _locate(self, folder: str, name: Name) -> str:
        own, top = self._own_roots(folder), name.parts[0]
        if top not in self._words:
            return ""
        if top in STANDARD_LIBRARY:
            return self._below(own[0], name)
        others = self._tops.get(top, set()).difference(own)
        near = sorted(others, key=lambda root: (-_shared_depth(root, folder), root))
        return next((found for root in (*own, *near) if (found := self._below(root, name))), "")

    def _below(self, root: str, name: Name) -> str:
        top = join(root, name.parts[0])
        if top not in self._shape.packages and self._shape.is_namespace(root):
            return ""
        return self._shape.descend(root, name)

    def _own_roots(self, folder: str) -> tuple[str, ...]:
        """The source roots around a folder, the nearest first; the top is always one."""
        if folder not in self._roots:
            top = self._shape.top_package(folder)
            outer = set(folders_above(folder_of(top) if top else folder))
            self._roots[folder] = tuple(
                root
                for root in folders_above(folder)
                if root in outer or root in self._shape.strong
            )
        return self._roots[folder]


def _names(statement: Import) -> Iterator[Name]:
    """The names that a statement asks for."""
    if not statement.is_from:
        for name in statement.names:
            parts = tuple(name.split("."))
            yield Name(parts, len(parts))
        return
    module = tuple(statement.module.split(".")) if statement.module else ()
    for name in statement.names:
        yield Name(module if name == "*" else (*module, name), len(module))


def _shared_depth(one: str, other: str) -> int:
    depth = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        depth += 1
    return depth
