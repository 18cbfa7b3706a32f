"""What a tree imports to make its logs structured and its requests traced: shown, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scanner.domain.facts import Import
from scanner.rules.contexts import Survey

STRUCTURED: Final = {
    "structlog": "structlog",
    "loguru": "loguru",
    "pythonjsonlogger": "python-json-logger",
    "json_log_formatter": "JSON-log-formatter",
    "ecs_logging": "ecs-logging",
    "logfire": "logfire",
}
TRACING: Final = {
    "opentelemetry": "OpenTelemetry",
    "ddtrace": "ddtrace",
    "sentry_sdk": "Sentry",
    "newrelic": "New Relic",
    "elasticapm": "Elastic APM",
    "logfire": "logfire",
    "jaeger_client": "Jaeger",
}


def notice(survey: Survey) -> str:
    """One sentence on both; empty where nothing is logged."""
    if not any(module.log_calls for module in survey.modules.values()):
        return ""
    roots = {
        root
        for module in survey.modules.values()
        for item in module.imports
        for root in _roots(item)
    }
    structured, tracing = _named(STRUCTURED, roots), _named(TRACING, roots)
    return (
        f"Structured logs: {structured or 'no known library'}. "
        f"Tracing: {tracing or 'no known library'}. Both are shown and not scored."
    )


def _roots(item: Import) -> tuple[str, ...]:
    if item.level:
        return ()
    names = (item.module,) if item.is_from else item.names
    return tuple(name.partition(".")[0] for name in names)


def _named(libraries: Mapping[str, str], roots: set[str]) -> str:
    return ", ".join(sorted({libraries[root] for root in roots & libraries.keys()}))
