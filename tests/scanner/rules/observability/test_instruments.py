"""Structured logging and tracing are shown, not scored."""

from __future__ import annotations

from tests.scanner.rules.harness import judge

LOG = "def f():\n    log.info(1)\n"


def test_what_is_set_up() -> None:
    head = "import structlog\nfrom opentelemetry.trace import get_tracer\nimport sentry_sdk as s\n"
    assert judge({"a.py": head, "b.py": LOG}).notices[-1:] == (
        "Structured logs: structlog. Tracing: OpenTelemetry, Sentry. "
        "Both are shown and not scored.",
    )


def test_what_is_not() -> None:
    (notice,) = judge({"a.py": f"from .structlog import x\n{LOG}"}).notices
    assert notice == (
        "Structured logs: no known library. Tracing: no known library. "
        "Both are shown and not scored."
    )


def test_nothing_is_said_where_nothing_is_logged() -> None:
    assert judge({"a.py": "import structlog\n"}).notices == ()
