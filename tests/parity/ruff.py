"""What ruff says of a folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.parity.records import Site

_COMMAND = ("check", "--isolated", "--ignore-noqa", "--no-cache", "--no-respect-gitignore")
_OUTPUT = ("--exclude=", "--exit-zero", "--quiet", "--output-format=json")


def ruff_sites(
    folder: Path, names: Sequence[str], codes: Sequence[str], options: Sequence[str] = ()
) -> Iterator[Site]:
    """Each place in the modules below `folder` that one of the codes names.

    `names` are folders below it. Stubs and notebooks are left out, and so are files that ruff
    cannot parse.
    """
    select = ("--select", ",".join(codes))
    command = (sys.executable, "-m", "ruff", *_COMMAND, *_OUTPUT, *select, *options, *names)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    for item in json.loads(done.stdout):
        path = item["filename"].removeprefix(f"{folder}/")
        if item["code"] in codes and path.endswith(".py"):
            start, end = item["location"], item["end_location"]
            yield Site(
                path, start["row"], start["column"], end["row"], item["code"], item["message"]
            )
