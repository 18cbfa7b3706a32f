"""`python -m tests.bench.seed`: fill the database of the environment with a large portfolio.

For a look at pages as they are when there is much to show. Settings come from the environment, as
for every process of the product; the tables are made where they are missing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence

import django
from django.utils.module_loading import import_string


def main(arguments: Sequence[str]) -> None:
    """Seed, and print as JSON how many rows each table got and what that took."""
    options = _options(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dashboard.config.settings")
    django.setup()
    fill = import_string("tests.bench.seeding.fill")
    began = time.perf_counter()
    rows = fill(options.repositories, options.snapshots, options.findings, options.password)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1), "rows": rows}))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.seed", description=__doc__)
    parser.add_argument("--repositories", type=int, default=1_000)
    parser.add_argument("--snapshots", type=int, default=200, help="of each repository")
    parser.add_argument("--findings", type=int, default=1_000_000, help="of all repositories")
    parser.add_argument("--password", default="", help="for the user `lead`, who sees all teams")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
