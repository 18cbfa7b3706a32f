"""Type stubs: a `.pyi` beside a module speaks for it, one on a package for what it re-exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scanner.domain.facts import Function, Import, Module

Signatures = Mapping[str, tuple[Function, ...]]
"""Functions by qualified name; overloads of one name stand together."""


def stubs_for(modules: Mapping[str, Module]) -> dict[str, Signatures]:
    """What type stubs say of each module that has one, by the module's path.

    `modules` holds modules and stubs alike. A stub beside a module hides a facade's.
    """
    supplied: dict[str, dict[str, tuple[Function, ...]]] = {}
    for path, stub in modules.items():
        if path.endswith("/__init__.pyi") and path[:-1] in modules:
            for target, signatures in _behind_facade(path[:-1], stub, modules):
                supplied.setdefault(target, {}).update(signatures)
    for path, stub in modules.items():
        if path.endswith(".pyi") and path[:-1] in modules:
            supplied[path[:-1]] = {**_unseen(modules[path[:-1]]), **_by_name(stub.functions)}
    return {path: signatures for path, signatures in supplied.items() if signatures}


def _unseen(module: Module) -> dict[str, tuple[Function, ...]]:
    """What a type checker never reads once there is a stub: private and nested functions."""
    return {
        function.name: ()
        for function in module.functions
        if function.is_nested or any(part.startswith("_") for part in function.name.split("."))
    }


def _by_name(functions: Iterable[Function]) -> dict[str, tuple[Function, ...]]:
    named: dict[str, list[Function]] = defaultdict(list)
    for function in functions:
        named[function.name].append(function)
    return {name: tuple(found) for name, found in named.items()}


def _behind_facade(
    init: str, stub: Module, modules: Mapping[str, Module]
) -> Iterator[tuple[str, Signatures]]:
    """For each module that a package's `__init__` imports from, what its stub says of the names."""
    imported: dict[str, set[str]] = defaultdict(set)
    package = init.rpartition("/")[0]
    prefix = _dotted(package, modules)
    for item in modules[init].imports:
        target = _imported_module(item, package, prefix)
        path = next((path for path in _spellings(target) if path in modules), "")
        if path and path != init:
            imported[path].update(item.names)
    signatures = _by_name(stub.functions)
    for path, names in imported.items():
        yield (
            path,
            {
                name: functions
                for name, functions in signatures.items()
                if "*" in names or name.partition(".")[0] in names
            },
        )


def _dotted(package: str, modules: Mapping[str, Module]) -> str:
    """The dotted name of a package: as many folders up as are packages too."""
    parts: list[str] = []
    folder = package
    while folder and f"{folder}/__init__.py" in modules:
        folder, _, name = folder.rpartition("/")
        parts.insert(0, name)
    return ".".join(parts)


def _imported_module(item: Import, package: str, prefix: str) -> str:
    """The folder-like path of the module inside the package that is imported from, or nothing."""
    if not item.is_from or not item.module:
        return ""
    if item.level == 1:
        return f"{package}/{item.module.replace('.', '/')}"
    if item.level:
        return ""
    root = package[: len(package) - len(prefix)]  # the folder around the outermost package
    return f"{root}{item.module.replace('.', '/')}"


def _spellings(target: str) -> tuple[str, ...]:
    return (f"{target}.py", f"{target}/__init__.py") if target else ()
