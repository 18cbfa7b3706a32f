"""A full score of one revision, beside a bare parse, radon and ruff on the same modules."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scanner.analysis.interpreters import Interpreter, find_interpreter
from scanner.application.configuration import Limits
from tests.bench.clock import Contender, Timing, alternate, ratio
from tests.bench.corpus import Corpus
from tests.bench.tables import Row, Table

HOME = Path(__file__).resolve().parents[2]
MANAGE = str(HOME / "manage.py")
BARE = "bare `ast.parse`"
CHILD = "the analysis child"
SCORE = "`manage.py score`, ten principles"
EMPTY = "`manage.py score` of one line"
RADON = "`radon cc`"
INDEX = "`radon mi`"
RUFF = "`ruff check`, the rules that ours share"
SHARED = "C90,ANN,BLE,E722,S110,S112,B006,G,LOG,T20,ASYNC,RUF006,N"
_PARSE = (
    "import ast, sys\nfor name in open(sys.argv[1]):\n    ast.parse(open(name[:-1], 'rb').read())"
)


def scored(name: str, home: Path, corpus: Corpus, rounds: int) -> Table:
    """Every contender in turn, so many times; medians, and medians of the ratios of a round."""
    interpreter = find_interpreter()
    timings = alternate(_contenders(home, corpus, interpreter), rounds)
    rows = [Row.of(said, runs, timings[BARE]) for said, runs in timings.items()]
    return Table(
        f"A full score of {name}",
        f"{len(corpus.files):,} modules, {corpus.lines:,} lines, {corpus.size / 1e6:.1f} MB;"
        f" engine {interpreter.engine}; medians of {rounds} rounds.",
        "bare parse",
        tuple(rows),
        _verdicts(timings),
    )


def _contenders(home: Path, corpus: Corpus, interpreter: Interpreter) -> list[Contender]:
    names = home / "names"
    names.write_text("".join(f"{path}\n" for path in corpus.files))
    tiny = home / "tiny"
    tiny.mkdir()
    (tiny / "module.py").write_text("VALUE = 1\n")
    bare = (interpreter.path, "-I", "-S", "-W", "ignore", "-c", _PARSE, str(names))
    folder = str(corpus.folder)
    radon = (sys.executable, "-m", "radon")
    return [
        Contender(BARE, bare),
        Contender(CHILD, _child(interpreter), corpus.stream),
        Contender(SCORE, _score(corpus.folder)),
        Contender(EMPTY, _score(tiny)),
        Contender(RADON, (*radon, "cc", "--average", folder)),
        Contender(INDEX, (*radon, "mi", folder)),
        Contender(RUFF, _ruff(folder)),
    ]


def _child(interpreter: Interpreter) -> tuple[str, ...]:
    limits = Limits()
    return tuple(
        interpreter.command(
            limits.module_bytes, limits.parse_seconds, limits.child_memory_bytes, os.getpid()
        )
    )


def _score(folder: Path) -> tuple[str, ...]:
    return (sys.executable, MANAGE, "score", str(folder), "--format", "json")


def _ruff(folder: str) -> tuple[str, ...]:
    chosen = ("--isolated", "--no-cache", "--exit-zero", "--quiet", "--select", SHARED)
    return (sys.executable, "-m", "ruff", "check", *chosen, folder)


def _verdicts(timings: Mapping[str, Sequence[Timing]]) -> tuple[tuple[str, float, str], ...]:
    bare = [timing.cpu for timing in timings[BARE]]
    pairs = list(zip(timings[SCORE], timings[EMPTY], strict=True))
    net = [full.cpu - empty.cpu for full, empty in pairs]
    wall = [full.wall - empty.wall for full, empty in pairs]
    radon = [timing.cpu for timing in timings[RADON]]
    child = [timing.cpu for timing in timings[CHILD]]
    return (
        ("child / bare parse, CPU", ratio(child, bare), "<= 1.35"),
        ("score less start-up / bare parse, CPU", ratio(net, bare), "<= 1.60"),
        ("score less start-up / bare parse, wall", ratio(wall, bare), "<= 0.80"),
        ("radon cc / score less start-up, CPU", ratio(radon, net), ">= 3.00"),
    )
