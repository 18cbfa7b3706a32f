"""`python -m tests.bench [--files N] [--rounds N]`: the table of ratios.

`python -m tests.bench --parity FOLDER...` compares our verdicts on real repositories with ruff's.
`python -m tests.bench --newer FOLDER...` reads newer syntax with this interpreter and the newest.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.analysis.interpreters import Interpreter, find_interpreter
from scanner.application.configuration import Limits
from tests.bench.clock import Contender, Timing, alternate, middle
from tests.bench.corpus import Corpus, build
from tests.bench.newer import print_newer
from tests.bench.parity import print_parity

HOME = Path(__file__).resolve().parents[2]
BARE = "bare ast.parse"
CHILD = "analysis child"
RADON = "radon cc"
SCORE = "manage.py score"
EMPTY = "manage.py score, one file"
_PARSE = (
    "import ast, sys\nfor name in open(sys.argv[1]):\n    ast.parse(open(name[:-1], 'rb').read())"
)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parity", nargs="+", metavar="FOLDER", help="compare with ruff instead")
    parser.add_argument("--newer", nargs="+", metavar="FOLDER", help="read newer syntax instead")
    options = parser.parse_args(arguments)
    if options.parity:
        sys.exit(1 if print_parity(options.parity) else 0)
    if options.newer:
        sys.exit(1 if print_newer(options.newer) else 0)
    interpreter = find_interpreter()
    with TemporaryDirectory(prefix="codevitals-bench-") as name:
        home = Path(name)
        corpus = build(home, options.files)
        print(f"{len(corpus.files)} modules, {corpus.lines:,} lines, {corpus.size:,} bytes")
        print(f"engine {interpreter.engine}, {options.rounds} rounds in turn, medians")
        timings = alternate(_contenders(home, corpus, interpreter), options.rounds)
    _print_table(timings)


def _contenders(home: Path, corpus: Corpus, interpreter: Interpreter) -> list[Contender]:
    names = home / "names"
    names.write_text("".join(f"{path}\n" for path in corpus.files))
    tiny = home / "tiny"
    tiny.mkdir()
    (tiny / "module.py").write_text("VALUE = 1\n")
    return [
        Contender(BARE, _bare(interpreter, names)),
        Contender(CHILD, _child(interpreter), corpus.stream),
        Contender(RADON, (sys.executable, "-m", "radon", "cc", "--average", str(corpus.folder))),
        Contender(SCORE, _score(corpus.folder)),
        Contender(EMPTY, _score(tiny)),
    ]


def _bare(interpreter: Interpreter, names: Path) -> tuple[str, ...]:
    return (interpreter.path, "-I", "-S", "-W", "ignore", "-c", _PARSE, str(names))


def _child(interpreter: Interpreter) -> tuple[str, ...]:
    limits = Limits()
    return tuple(
        interpreter.command(
            limits.module_bytes, limits.parse_seconds, limits.child_memory_bytes, os.getpid()
        )
    )


def _score(folder: Path) -> tuple[str, ...]:
    return (sys.executable, str(HOME / "manage.py"), "score", str(folder), "--format", "json")


def _print_table(timings: Mapping[str, Sequence[Timing]]) -> None:
    bare = [timing.cpu for timing in timings[BARE]]
    print(f"\n{'':28}{'CPU s':>8}{'wall s':>8}{'CPU / bare':>12}{'wall / bare':>13}")
    for name, runs in timings.items():
        cpu = middle([timing.cpu for timing in runs])
        wall = middle([timing.wall for timing in runs])
        ratio = _ratio([timing.cpu for timing in runs], bare)
        wall_ratio = _ratio([timing.wall for timing in runs], bare)
        print(f"{name:28}{cpu:8.2f}{wall:8.2f}{ratio:12.2f}{wall_ratio:13.2f}")
    _print_targets(timings, bare)


def _print_targets(timings: Mapping[str, Sequence[Timing]], bare: Sequence[float]) -> None:
    pairs = list(zip(timings[SCORE], timings[EMPTY], strict=True))
    net = [full.cpu - empty.cpu for full, empty in pairs]
    net_wall = [full.wall - empty.wall for full, empty in pairs]
    radon = [timing.cpu for timing in timings[RADON]]
    child = [timing.cpu for timing in timings[CHILD]]
    print("\nratio                                        measured   target")
    for said, value, target in (
        ("child / bare parse, CPU", _ratio(child, bare), "<= 1.35"),
        ("score less start-up / bare parse, CPU", _ratio(net, bare), "<= 1.60"),
        ("score less start-up / bare parse, wall", _ratio(net_wall, bare), "<= 0.80"),
        ("radon cc / score less start-up, CPU", _ratio(radon, net), ">= 3.00"),
    ):
        print(f"{said:42}{value:11.2f}   {target}")


def _ratio(values: Sequence[float], bases: Sequence[float]) -> float:
    """The median of the ratios of runs that were made in the same round."""
    return middle([value / base for value, base in zip(values, bases, strict=True)])


if __name__ == "__main__":
    main(sys.argv[1:])
