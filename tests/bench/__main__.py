"""`make bench ARGS="..."`: what the engine costs, as ratios to tools that were run beside it.

Without a path, a full score of modules of the installed packages. Each PATH is a git repository,
with or without a work tree: a full score of its HEAD, and its life from the first scan on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.corpus import checkout, installed
from tests.bench.life import beside_wily, lived
from tests.bench.newer import print_newer
from tests.bench.page import write
from tests.bench.parity import print_parity
from tests.bench.scoring import MANAGE, scored
from tests.bench.tables import Table

RESCANS = 5


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    options = _options(arguments)
    if options.parity:
        sys.exit(1 if print_parity(options.parity) else 0)
    if options.newer:
        sys.exit(1 if print_newer(options.newer) else 0)
    if options.scale:
        scale = import_module("tests.bench.scale").measured(options)
        if options.write:
            write("scale", scale)
        return
    texts = []
    for table in _tables(options):
        texts.append(table.markdown())
        print(texts[-1], flush=True)
    if options.write:
        write("engine", "\n".join(texts))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="git repositories")
    parser.add_argument("--files", type=int, default=1000, help="installed modules, at most")
    parser.add_argument("--rounds", type=int, default=5, help="of each full score")
    parser.add_argument("--wily", help="wily's command; found on PATH when not named")
    parser.add_argument("--commits", type=int, default=100, help="beside wily, at least")
    parser.add_argument("--write", action="store_true", help="put the tables in the docs")
    parser.add_argument("--scale", action="store_true", help="pages of a large portfolio instead")
    parser.add_argument("--repositories", type=int, default=1_000, help="of --scale")
    parser.add_argument("--snapshots", type=int, default=200, help="of each, of --scale")
    parser.add_argument("--findings", type=int, default=1_000_000, help="of all, of --scale")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="databases of --scale")
    parser.add_argument("--only", default="", help="pages of --scale with this in their name")
    parser.add_argument("--requests", type=int, default=32, help="of each page, of --scale")
    parser.add_argument("--parity", nargs="+", metavar="FOLDER", help="compare with ruff instead")
    parser.add_argument("--newer", nargs="+", metavar="FOLDER", help="read newer syntax instead")
    return parser.parse_args(arguments)


def _tables(options: argparse.Namespace) -> Iterator[Table]:
    wily = shutil.which(options.wily or "wily")
    with TemporaryDirectory(prefix="codevitals-bench-") as folder:
        home = Path(folder)
        corpus = installed(_made(home / "installed"), options.files)
        yield scored("installed packages", home / "installed", corpus, options.rounds)
        for number, path in enumerate(options.paths):
            below = home / str(number)
            yield from _of_repository(path.resolve(), below, options, wily)
            shutil.rmtree(below)
    if wily is None:
        print("Not run: wily is not on PATH; install it anywhere and name it with --wily.")


def _of_repository(
    path: Path, home: Path, options: argparse.Namespace, wily: str | None
) -> Iterator[Table]:
    name, root = _name(path), home / "root"
    subprocess.run(("git", "clone", "-q", str(path), str(_made(home) / "root")), check=True)
    command = (sys.executable, MANAGE, "score", str(root), "--format", "json")
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    paths = [each["path"] for each in found["files"]]
    corpus = checkout(_made(home / "score"), root, paths)
    yield scored(name, home / "score", corpus, options.rounds)
    largest = max(found["files"], key=lambda each: int(each["lines"]))["path"]
    yield lived(name, _made(home / "life"), path, largest, RESCANS)
    if wily is not None:
        yield beside_wily(name, _made(home / "wily"), path, Path(wily), options.commits)


def _name(path: Path) -> str:
    """The folder's; its parent's where the folder is only called `repo`."""
    return path.parent.name.rpartition("+")[2] if path.name == "repo" else path.stem


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
