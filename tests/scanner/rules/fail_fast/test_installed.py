"""Silent and broad handlers of installed packages, against ruff's.

Each handler that ruff's BLE001, E722, S110 and S112 name must be found by FF01, FF02 or FF03, or be
exempt by a condition that the rules' pages name. Run with -s to see the counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from scanner.rules.catalogue import RULES
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import Deed
from scanner.rules.fail_fast.handling import Handling, handlings
from tests.scanner.installed import FOLDER, PACKAGES, modules_of

OURS = ("FF01", "FF02", "FF03")
THEIRS = ("BLE001", "E722", "S110", "S112")
EXEMPT: Mapping[str, Callable[[Handling], bool]] = {
    "is raised again": lambda handling: handling.fact.raises,
    "is kept, returned or formatted": lambda handling: handling.fact.keeps_error,
    "clean-up inside a handler that raises": lambda handling: handling.fact.in_reraising_handler,
    "the traceback is told": lambda handling: handling.has_traceback,
    "the program ends": lambda handling: Deed.ENDED in handling.deeds,
    "is handed on": lambda handling: Deed.HANDED_ON in handling.deeds,
    "closing": lambda handling: handling.is_closing and handling.is_silent,
}


def ruff_says() -> Iterator[tuple[str, int, str]]:
    """Path, line and code of each handler that ruff names."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache"]
    command += ["--no-respect-gitignore", "--exclude=", "--exit-zero", "--output-format=json"]
    command += ["--select", ",".join(THEIRS), *PACKAGES]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, check=True, text=True)
    for item in json.loads(done.stdout):
        path = item["filename"].removeprefix(f"{FOLDER}/")
        yield path, item["location"]["row"], item["code"]


def why_not(handling: Handling) -> str:
    """The condition that exempts a handler, or "unexplained"."""
    return next((why for why, holds in EXEMPT.items() if holds(handling)), "unexplained")


def test_what_ruff_names_is_found_or_exempt() -> None:
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for path, line, code in ruff_says():
        named[path].append((line, code))
    counts: Counter[tuple[str, str]] = Counter()
    unexplained: list[tuple[str, int, str]] = []
    for package in PACKAGES:
        for path, module in modules_of(package).items():
            context = ModuleContext(path, module)
            found = {item.line for code in OURS for item in (RULES[code].module or _none)(context)}
            by_line = {handling.fact.line: handling for handling in context.once(handlings)}
            for line, code in named.pop(path, []):
                why = "found" if line in found else why_not(by_line[line])
                counts[code, why] += 1
                if why == "unexplained":
                    unexplained.append((path, line, code))
    for (code, why), count in sorted(counts.items()):
        sys.stdout.write(f"\n{code:7}{why:40}{count:5}")
    assert unexplained == []
    assert not named
    assert counts["BLE001", "found"] > 100
    assert counts["E722", "found"] > 0


def _none(_context: ModuleContext) -> tuple[()]:
    return ()
