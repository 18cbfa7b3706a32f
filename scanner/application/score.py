"""Score one source once, with no database: the use case of `manage.py score`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from scanner.application.assess_tree import assess_tree
from scanner.application.ports import BlobSource, FactsReader
from scanner.domain.errors import UserError
from scanner.domain.facts import Module
from scanner.domain.findings import Assessment
from scanner.domain.revisions import Revision, Tree
from scanner.domain.rubric import Rubric

Notice = Callable[[str], None]
"""Told about what the reader should know, such as a work tree with changes."""


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What to score: a path or a URL, and a ref where the source is a git repository."""

    source: str
    ref: str
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """The files to score, and how to read them."""

    name: str  # for people
    path: str  # as it stands in the document
    tree: Tree
    blobs: BlobSource


@dataclass(frozen=True, slots=True)
class Scored:
    """A verdict with its source."""

    name: str
    path: str
    engine: str
    revision: Revision | None
    assessment: Assessment
    modules: Mapping[str, Module]


class Sources(Protocol):
    """Opens what the user named."""

    def open(self, source: str, ref: str, notice: Notice) -> AbstractContextManager[OpenedSource]:
        """The opened source; temporary files are gone at the end. Raises UserError."""
        ...


def score(request: ScoreRequest, sources: Sources, reader: FactsReader, notice: Notice) -> Scored:
    """Open, parse, judge. Raises UserError when there is nothing that can be scored."""
    with sources.open(request.source, request.ref, notice) as opened:
        assessed = assess_tree(opened.tree, opened.blobs, reader, request.rubric, report=_silent)
    assessment = assessed.assessment
    if assessed.is_empty:
        raise UserError(
            "score.empty",
            f"There is no Python module in scope in {opened.name}.",
            "Name a folder with production code; tests, docs and generated files are not scored.",
        )
    return Scored(
        name=opened.name,
        path=opened.path,
        engine=reader.engine(),
        revision=opened.tree.revision,
        assessment=assessment,
        modules=assessed.modules,
    )


def _silent(phase: str, done: int, total: int) -> None:
    """A command at a terminal is over before progress would help."""
