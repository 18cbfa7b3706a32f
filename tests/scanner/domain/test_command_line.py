"""What is run at a terminal."""

from __future__ import annotations

import pytest

from scanner.analysis.extraction import module_facts
from scanner.domain.command_line import is_command_line
from scanner.domain.facts import Module


def judged(path: str, source: str = "") -> bool:
    """Whether a source at a path is command-line code."""
    module = module_facts(source.encode())
    assert isinstance(module, Module)
    return is_command_line(path, module)


@pytest.mark.parametrize(
    "path",
    [
        "manage.py",
        "shop/__main__.py",
        "shop/cli.py",
        "shop/management/commands/load.py",
        "shop/bin/run.py",
        "Shop/CLI/main_menu.py",
    ],
)
def test_a_path_may_say_so(path: str) -> None:
    assert judged(path)


@pytest.mark.parametrize(
    "source",
    [
        "import argparse\n",
        "import click.testing\n",
        "from typer import Option\n",
        "if __name__ == '__main__':\n    run()\n",
    ],
)
def test_a_source_may_say_so(source: str) -> None:
    assert judged("shop/orders.py", source)


@pytest.mark.parametrize(
    "source", ["", "from .argparse import x\n", "import json\n", "from shop.click import y\n"]
)
def test_other_code_is_none(source: str) -> None:
    assert not judged("shop/orders.py", source)
