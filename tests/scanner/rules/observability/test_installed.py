"""Log calls and tasks of installed packages: what ruff names must be found here too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict

import pytest

from scanner.rules.catalogue import RULES
from scanner.rules.contexts import ModuleContext
from tests.scanner.installed import FOLDER, PACKAGES, modules_of

THEIRS = {"G001": "OB02", "G002": "OB02", "G004": "OB02", "LOG015": "OB03", "RUF006": "AS02"}


def ruff_says() -> dict[str, set[tuple[str, int]]]:
    """Path and line of what ruff names, by our rule."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache"]
    command += ["--no-respect-gitignore", "--exclude=", "--exit-zero", "--output-format=json"]
    command += ["--preview", "--select", ",".join(THEIRS), *PACKAGES]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, check=True, text=True)
    named: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for item in json.loads(done.stdout):
        path = item["filename"].removeprefix(f"{FOLDER}/")
        named[THEIRS[item["code"]]].add((path, item["location"]["row"]))
    return named


@pytest.mark.parametrize("rule", ["OB02", "OB03", "AS02"])
def test_what_ruff_names_is_found(rule: str) -> None:
    judge = RULES[rule].module
    assert judge is not None
    found: set[tuple[str, int]] = set()
    for package in PACKAGES:
        for path, module in modules_of(package).items():
            for item in judge(ModuleContext(path, module)):
                found |= {(path, line) for line in range(item.line, item.end_line + 1)}
    named = ruff_says()[rule]
    assert named
    assert named - found == set()
