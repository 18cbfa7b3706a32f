"""Our figures against the plain counts of `naive`, file by file and function by function."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from scanner.domain.graph import circles
from scanner.domain.rubric import DEFAULT
from scanner.rules.layering.imports import import_graph
from tests.parity import naive
from tests.parity.corpora import Corpus


class Count(NamedTuple):
    """One figure, counted twice, and where the two differ."""

    what: str
    ours: int
    theirs: int
    differing: tuple[str, ...]

    @property
    def line(self) -> str:
        """For a table."""
        verdict = "equal" if not self.differing else f"{len(self.differing)} DIFFER"
        return f"{self.what:30}{self.ours:10,}{self.theirs:10,}  {verdict}"


@dataclass(frozen=True)
class Plain:
    """A corpus with its modules parsed anew; what this interpreter cannot parse is left out."""

    corpus: Corpus
    sources: Mapping[str, bytes]
    trees: Mapping[str, ast.Module]

    @classmethod
    def of(cls, corpus: Corpus) -> Plain:
        """Read and parse what was measured."""
        sources = {path: (corpus.folder / path).read_bytes() for path in corpus.modules}
        trees = {path: tree for path in sources if (tree := _parsed(sources[path])) is not None}
        return cls(corpus, sources, trees)


def _parsed(source: bytes) -> ast.Module | None:
    with catch_warnings():
        simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError):
            return None


def counts(corpus: Corpus) -> Iterator[Count]:
    """All figures of a corpus."""
    plain = Plain.of(corpus)
    yield _compared("physical lines", _our_lines(plain), _their_lines(plain))
    yield _compared("long files", *_long_files(plain))
    yield from _functions(plain)
    ours, theirs = _circles(plain)
    yield _compared("modules in import circles", ours, theirs)


def _compared(what: str, ours: Mapping[str, int], theirs: Mapping[str, int]) -> Count:
    places = sorted({*ours, *theirs})
    differing = [
        f"{what}: {place}: {ours.get(place, 0)} ours, {theirs.get(place, 0)} counted"
        for place in places
        if ours.get(place, 0) != theirs.get(place, 0)
    ]
    return Count(what, sum(ours.values()), sum(theirs.values()), tuple(differing))


def _our_lines(plain: Plain) -> dict[str, int]:
    return {path: module.lines for path, module in plain.corpus.modules.items()}


def _their_lines(plain: Plain) -> dict[str, int]:
    return {path: naive.physical_lines(source) for path, source in plain.sources.items()}


def _long_files(plain: Plain) -> tuple[dict[str, int], dict[str, int]]:
    """Files over the limit; those that are short without their literal tables are found by none."""
    limits = DEFAULT.limits
    found = plain.corpus.found("FS01")
    ours = {path: len(offences) for path, offences in found.items() if offences}
    theirs: dict[str, int] = {}
    for path, lines in _their_lines(plain).items():
        tables = [
            table.end_line - table.line + 1 for table in plain.corpus.modules[path].literal_tables
        ]
        data = sum(length for length in tables if length > limits.table_lines)
        if lines - data > limits.file_lines:
            theirs[path] = 1
    return ours, theirs


def _functions(plain: Plain) -> Iterator[Count]:
    """Functions, long ones among them, slots and the annotated ones among these."""
    limit = DEFAULT.limits.function_lines
    counted = {
        f"{path}:{each.line}": each
        for path, tree in plain.trees.items()
        for each in naive.functions(tree)
    }
    measured = {
        f"{path}:{function.line}": function
        for path in plain.trees
        for function in plain.corpus.modules[path].functions
    }
    long_ones = {
        f"{path}:{offence.line}": 1
        for path, offences in plain.corpus.found("CX02").items()
        if path in plain.trees
        for offence in offences
    }

    def theirs(figure: Callable[[naive.Counted], int]) -> dict[str, int]:
        return {place: figure(each) for place, each in counted.items()}

    lines = {place: each.lines for place, each in measured.items()}
    slots = {place: len(each.slots) for place, each in measured.items()}
    said = {
        place: sum(slot.annotation != "none" for slot in each.slots)
        for place, each in measured.items()
    }
    yield _compared("functions", dict.fromkeys(measured, 1), dict.fromkeys(counted, 1))
    yield _compared("function lines", lines, theirs(lambda each: each.lines))
    yield _compared("long functions", long_ones, theirs(lambda each: each.lines > limit))
    yield _compared("annotation slots", slots, theirs(lambda each: each.slots))
    yield _compared("annotated slots", said, theirs(lambda each: each.annotated))


def _circles(plain: Plain) -> tuple[dict[str, int], dict[str, int]]:
    """Modules with the size of the circles they hang in, package by package."""
    graph = plain.corpus.survey.once(import_graph)
    ours: dict[str, int] = {}
    theirs: dict[str, int] = {}
    for package, trees in _packages(plain):
        inside = {path: set(graph.edges[path]) & trees.keys() for path in trees}
        ours.update(_sized(circles(inside)))
        counted = naive.edges(package, trees, plain.corpus.modules)
        theirs.update(_sized(naive.knots(counted)))
    return ours, theirs


def _sized(found: Iterable[Collection[str]]) -> dict[str, int]:
    return {f"{path} among {len(knot)}": 1 for knot in found for path in knot}


def _packages(plain: Plain) -> Iterator[tuple[str, dict[str, ast.Module]]]:
    """Outermost packages with their modules."""
    folders = {path.removesuffix("/__init__.py") for path in plain.trees if "/__init__" in path}
    for folder in sorted(folders):
        if folder.rpartition("/")[0] not in folders:
            inside = _reachable(folder, folders)
            yield (
                folder,
                {
                    path: tree
                    for path, tree in plain.trees.items()
                    if path.rpartition("/")[0] in inside
                },
            )


def _reachable(folder: str, folders: set[str]) -> set[str]:
    """The package and those below it, each inside another."""
    inside = {folder}
    for each in sorted(folders):
        if each.rpartition("/")[0] in inside:
            inside.add(each)
    return inside
