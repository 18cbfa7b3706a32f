"""`python -m tests.bench.stage STEP [ARGUMENT...]`: one step of a repository's life, as a process.

A step with dots in its name is a function anywhere. Settings come from the environment, as for a
worker. Prints what the step took once Django was up.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence

import django
from django.utils.module_loading import import_string


def main(step: str, arguments: Sequence[str]) -> None:
    """Do the step and tell its seconds, and what it left in the database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dashboard.config.settings"
    django.setup()
    run = import_string(step if "." in step else f"tests.bench.steps.{step}")
    began = time.perf_counter()
    left = run(*arguments)
    print(json.dumps({"seconds": time.perf_counter() - began, **left}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
