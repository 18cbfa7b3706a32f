"""TE02 work-at-import."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check


def test_files_programs_the_network_and_databases_are_found() -> None:
    (first, *_) = check(
        "TE02",
        """
        import sqlite3, subprocess
        from pathlib import Path
        import requests as r

        RATES = open("rates")  # offends 2
        with open("names") as file:  # offends 2
            NAMES = file.read()
        VERSION = Path("v").read_text().strip()  # offends 2
        subprocess.run(["make"], check=True)  # offends 2
        PAGE = r.get("https://example.org").json()  # offends 2

        class Orders:
            base = sqlite3.connect("orders")  # offends 2

            def total(self): ...
        """,
    )
    assert first.message == (
        "`open` touches a file when the module is imported; do it in a function."
    )


def test_functions_lambdas_guards_and_lazy_clients_are_fine() -> None:
    check(
        "TE02",
        """
        import requests
        from sqlalchemy import create_engine

        engine = create_engine("sqlite://")
        read = lambda: open("x")

        def rates():
            with open("rates") as file:
                return requests.get(file.read())
        """,
    )
    check("TE02", "if __name__ == '__main__':\n    open('x')\ndef f(): ...\n")


def test_command_line_code_is_not_judged() -> None:
    check("TE02", "import argparse\ndef f(): ...\nTEXT = open('x').read()\n")
    check("TE02", "def f(): ...\nTEXT = open('x').read()\n", path="shop/commands/load.py")
    check("TE02", "def f(): ...\nTEXT = open('x').read()\n", path="shop/sync-versions.py")


@pytest.mark.parametrize(
    "imported",
    [
        "import importlib.resources",
        "from importlib import resources",
        "from importlib.resources import files",
        "import importlib_resources",
    ],
)
def test_what_is_installed_with_the_package_may_be_read(imported: str) -> None:
    check("TE02", f"{imported}\ndef f(): ...\nTEXT = (HERE / 'x.lua').read_text()\n")
    found = f"{imported}\nimport sqlite3\ndef f(): ...\nBASE = sqlite3.connect('x')  # offends\n"
    check("TE02", found)
