"""A repository's life: first scan, past, rescans, a process each; and wily beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.clock import Contender, Timing, middle, run
from tests.bench.commits import git
from tests.bench.scoring import HOME, MANAGE
from tests.bench.tables import Row, Table

WHAT_IF = (
    ("typing weighed 20", "principles.typing.weight", "20"),
    ("a function might have 30 lines", "limits.function_lines", "30"),
    ("a file might have 400 lines", "limits.file_lines", "400"),
    ("a class might have 8 methods", "limits.class_methods", "8"),
    ("ten undocumented lines were five", "limits.undocumented_lines", "5"),
    ("a module might import 12 others", "limits.imports", "12"),
    ("circles were not looked for", "rules.LA03", "false"),
    ("untested modules cost nothing", "rules.TE01", "false"),
)
Told = Mapping[str, object]


class Life:
    """One repository in a data directory of its own, below `home`."""

    def __init__(self, home: Path, source: Path) -> None:
        self._home = home
        self.repository = home / "repository"
        git(home, "clone", "-q", "--bare", str(source), str(self.repository))
        self._environment = {
            "CODEVITALS_DATA_DIR": str(home / "data"),
            "CODEVITALS_LOCAL_ROOTS": str(home),
            "CODEVITALS_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(HOME),
        }
        (home / "data").mkdir()
        self.step("migrate", (sys.executable, MANAGE, "migrate", "-v", "0"))
        self.stage("register", str(self.repository))

    def stage(self, step: str, *arguments: str) -> tuple[Timing, Told]:
        """Run a step of `tests.bench.steps`: what it took, and what it told."""
        return self.step(step, (sys.executable, "-m", "tests.bench.stage", step, *arguments))

    def step(self, name: str, command: tuple[str, ...]) -> tuple[Timing, Told]:
        """Run a process; raises RuntimeError when it fails, or when a scan did."""
        out = self._home / "told"
        timing = run(
            Contender(name, command, stdout=out, folder=HOME, environment=self._environment)
        )
        told: Told = json.loads(out.read_text() or "{}")
        if told.get("failed"):
            raise RuntimeError(f"{name} failed: {told['failed']}")
        return timing, told


def lived(name: str, home: Path, source: Path, path: str, rescans: int) -> Table:
    """A first scan, the past, and rescans after commits to the module `path`."""
    life = Life(home, source)
    start, _ = life.stage("start")
    first, _ = life.stage("scan")
    past, told = life.stage("backfill")
    again, found = life.stage("rescans", str(life.repository), path, str(rescans))
    work = middle([float(each) for each in json.loads(str(found["rescans"]))])
    rows = [
        Row.of("a process that does nothing", [start]),
        Row.of("the first scan, nothing cached", [first]),
        Row.of("its past: weekly points and release tags", [past], note=f"{told['points']} points"),
        Row.of(
            f"{rescans} scans, a commit to one file before each",
            [again],
            note=f"{work * 1000:.0f} ms each",
        ),
    ]
    for said, value, to in WHAT_IF:
        asked, answered = life.stage("what_if", value, to)
        wall, cpu = json.loads(json.dumps(answered["answer"]))
        note = f"{answered['judged']} points: {wall:.2f} s, {cpu:.2f} s of CPU"
        rows.append(Row.of(f"asked twice: what if {said}", [asked], note=note))
    told_text = (
        "One process each, start-up of Python and Django included; SQLite; the network left out."
    )
    return Table(f"The life of {name}", told_text, "", tuple(rows))


def beside_wily(name: str, home: Path, source: Path, wily: Path, count: int) -> Table:
    """`manage.py history` and `wily build` over the same number of newest commits, both cold."""
    checkout = home / "checkout"
    git(home, "clone", "-q", str(source), str(checkout))
    chain = git(checkout, "log", "--first-parent", "--format=%cs", f"-{count}").decode().split()
    out = home / "history.json"
    since = ("--every", "commit", "--since", min(chain), "--format", "json")
    ours = run(
        Contender("history", (sys.executable, MANAGE, "history", str(checkout), *since), stdout=out)
    )
    points = len(json.loads(out.read_text())["points"])
    build = (str(wily), "build", ".", "-n", str(points))
    theirs = run(Contender("wily", build, folder=checkout, environment={"HOME": str(home)}))
    version = subprocess.run((str(wily), "--version"), capture_output=True, text=True, check=True)
    rows = (
        Row.of("`manage.py history --every commit`, ten principles", [ours], [ours]),
        Row.of(
            f"`{version.stdout.split(',')[0].split()[-1]} build`, its default operators",
            [theirs],
            [ours],
        ),
    )
    told = f"The newest {points} commits of the first-parent chain, nothing cached."
    return Table(f"The past of {name}, beside wily", told, "ours", rows)
