"""Every function that ruff's async rules know to block is known here as well.

Installed packages hold few blocking calls in async code, so all names are tried once.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module
from scanner.rules.catalogue import RULES
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import words
from tests.parity.areas.asynchrony import BLOCKING
from tests.parity.ruff import ruff_sites

VERBS = words("close connect delete get head options patch post put request send stream trace")
IMPORTS = (
    "import builtins, httpx, io, os, pathlib, requests, subprocess, time, urllib.request, urllib3"
)
CLOSING = "client.close()"


def calls() -> list[str]:
    """One call a line."""
    modules = {"os": os, "subprocess": subprocess, "time": time}
    names = [f"{name}.{each}" for name, module in modules.items() for each in dir(module)]
    names += [f"{library}.{verb}" for library in ("httpx", "requests") for verb in VERBS]
    names += [f"client.{verb}" for verb in VERBS]
    names += ["urllib.request.urlopen", "urllib3.request", "pathlib.Path('a').open"]
    names += ["open", "io.open", "io.open_code", "builtins.open"]
    return [f"{name}()" for name in names]


def test_all_that_blocks_is_known(tmp_path: Path) -> None:
    lines = [IMPORTS, "async def f(client: httpx.Client):", *(f"    {call}" for call in calls())]
    path = tmp_path / "module.py"
    path.write_text("\n".join(lines))
    module = module_facts(path.read_bytes())
    judge = RULES["AS01"].module
    assert isinstance(module, Module)
    assert judge is not None
    ours = {lines[found.line - 1].strip() for found in judge(ModuleContext("shop/a.py", module))}
    theirs = {lines[site.line - 1].strip() for site in ruff_sites(tmp_path, (path.name,), BLOCKING)}
    assert len(theirs) > 60
    assert theirs - ours == {CLOSING}
