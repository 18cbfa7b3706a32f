"""Packages installed beside the tests: real code to hold judgement against other tools."""

from __future__ import annotations

import sysconfig
from functools import lru_cache
from pathlib import Path

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module

FOLDER = Path(sysconfig.get_path("purelib"))
PACKAGES = (
    "celery",
    "click",
    "gunicorn",
    "hypothesis",
    "kombu",
    "prompt_toolkit",
    "pydantic",
    "redis",
    "rich",
    "structlog",
)
"""Of different kinds, in pure Python, and needed by the product or its tests."""


@lru_cache(maxsize=len(PACKAGES))
def modules_of(package: str) -> dict[str, Module]:
    """The facts of a package's modules, by their path below the folder of all packages."""
    found: dict[str, Module] = {}
    for path in sorted((FOLDER / package).rglob("*.py")):
        facts = module_facts(path.read_bytes())
        assert isinstance(facts, Module), path
        found[path.relative_to(FOLDER).as_posix()] = facts
    assert found, package
    return found
