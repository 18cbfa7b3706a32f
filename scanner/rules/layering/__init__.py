"""Layering: whether imports point one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.domain.findings import MILLION
from scanner.domain.import_graph import Statement
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph, is_infrastructure, layering, site_of
from scanner.rules.offences import Site
from scanner.rules.records import Principle, Structure


def _two_modules(structure: Structure) -> bool:
    """Applies where there is something to import."""
    return structure.modules > 1


def _sites(survey: Survey) -> Iterator[tuple[str, tuple[Site, ...]]]:
    yield from survey.lasting.each(_sites_of, survey.once(import_graph).statements).items()


def _sites_of(path: str, statements: Iterable[Statement]) -> tuple[Site, ...]:
    return tuple(
        [
            Site(site_of(statement), MILLION)
            for statement in statements
            if statement.is_internal or is_infrastructure(statement)
        ]
    )


def _notices(survey: Survey) -> Iterator[str]:
    if len(survey.modules) > 1 and not survey.once(layering).places:
        yield (
            "No layers are known here, so outward imports and infrastructure in the domain are not "
            "judged. Name the layers in [tool.codevitals.layers] of pyproject.toml, for example "
            'domain = ["app/core/**"], infrastructure = ["app/db/**"].'
        )


PRINCIPLE = Principle(
    key="layering",
    title="Layering",
    unit="import statements",
    why=(
        "Imports are the real architecture. While they point one way, a part can be read, tested "
        "and replaced alone. Where the core imports its database, or modules import each other in "
        "circles, every change reaches everywhere, and what breaks depends on what is loaded first."
    ),
    applies=_two_modules,
    survey_sites=_sites,
    surveyed=frozenset({"imports", "imports_only"}),
    notices=_notices,
)
