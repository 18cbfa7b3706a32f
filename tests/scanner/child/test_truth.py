"""Which reads of the environment are asked whether they are there."""

from __future__ import annotations

import pytest

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module

READ = 'os.getenv("TOKEN", "")'


def is_tested(source: str) -> bool:
    """What the facts say of the one read in a module."""
    module = module_facts(f"import os\n{source}\n".encode())
    assert isinstance(module, Module)
    (read,) = module.environment_reads
    return read.is_tested


@pytest.mark.parametrize(
    "source",
    [
        f"if {READ}:\n    go()",
        f"if not {READ}.strip():\n    stop()",
        f"ok = bool({READ})",
        f"if (token := {READ}):\n    go()",
        f"token = {READ}\nif not token:\n    stop()",
        f"token: str = {READ}.strip()\nassert token",
        f"token = {READ}\nwhile token:\n    pass",
        f"token = {READ}\nx = go() if token else None",
        f"token = {READ}\nif user and token:\n    go()",
        f"token = {READ}\nx = token or stop()",
        f"token = {READ}\nif not all([user, token]):\n    stop()",
        f'token = {READ}\nif token == "":\n    stop()',
        f"token = {READ}\nfound = [x for x in y if token]",
        f"class A:\n    def a(self):\n        self.token = {READ}\n"
        "    def b(self):\n        if not self.token:\n            stop()",
    ],
)
def test_asked_for(source: str) -> None:
    assert is_tested(source)


@pytest.mark.parametrize(
    "source",
    [
        f"TOKEN = {READ}",
        f"go({READ})",
        f"token = {READ}\nif user:\n    go(token)",
        f"token = {READ}\nif token == other:\n    go()",
        f"token = {READ}\nx = user or token",
        f"token = {READ}\nprint(len(user))",
    ],
)
def test_not_asked_for(source: str) -> None:
    assert not is_tested(source)
