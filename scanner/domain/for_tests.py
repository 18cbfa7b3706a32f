"""What counts as support for tests in production code: fixtures and plugins of a test framework."""

from __future__ import annotations

from typing import Final

from scanner.domain.facts import Import, Module

FRAMEWORKS: Final = frozenset({"pytest", "_pytest", "pytest_asyncio", "unittest"})


def supports_tests(module: Module) -> bool:
    """Whether a module imports a test framework."""
    return any(map(_imports_framework, module.imports))


def _imports_framework(item: Import) -> bool:
    names = (item.module,) if item.is_from else item.names
    return not item.level and any(name.partition(".")[0] in FRAMEWORKS for name in names)
