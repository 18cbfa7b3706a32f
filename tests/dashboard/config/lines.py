"""Collects log lines as they would be written."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from dashboard.config.logging import logging_settings


class Lines:
    """What was written so far."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def raw(self) -> list[str]:
        """The lines themselves."""
        return self.stream.getvalue().splitlines()

    @property
    def parsed(self) -> list[dict[str, Any]]:
        """The lines as objects. Raises ValueError when one is no JSON."""
        return [json.loads(line) for line in self.raw]


@contextmanager
def collected() -> Iterator[Lines]:
    """Every line that is logged inside, at any level."""
    options = logging_settings("DEBUG")["formatters"]["line"]
    lines = Lines()
    handler = logging.StreamHandler(lines.stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            **{name: value for name, value in options.items() if name != "()"}
        )
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
