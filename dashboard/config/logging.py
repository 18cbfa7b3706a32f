"""Logs of every process: one JSON object a line on standard error, plain lines on a terminal.

Each line holds time, level, event and logger, and what was bound for the request or the scan at
hand. Control characters never leave as such, long texts are cut, and what looks like a secret is
masked whatever logged it.
"""

from __future__ import annotations

import json
import logging.config
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LONGEST_VALUE = 2_000  # characters
LONGEST_TRACEBACK = 20_000
MASK = "***"

_SECRET_NAME = re.compile(
    r"(password|passwd|passphrase|secret|token|credentials?|authorization|cookie"
    r"|(api|private|secret|access|encryption|deploy)_?keys?)$",
    re.IGNORECASE,
)
_SECRET_TEXT = (
    (re.compile(r"(\w://)[^/@\s]+@"), rf"\1{MASK}@"),
    (re.compile(r"(authorization\W{1,4}(?:basic|bearer|token)\s+)\S+", re.I), rf"\1{MASK}"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END|\Z)", re.S), MASK),
    (re.compile(r"\b(gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{16,}"), MASK),
)
_FIRST = ("time", "level", "event", "logger")


def configure(settings: Mapping[str, Any]) -> None:
    """Set up logging for this process; Django calls this with LOGGING."""
    logging.config.dictConfig(dict(settings))
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str) -> dict[str, Any]:
    """The value of LOGGING: one handler for everything."""
    renderer = plain if sys.stderr is not None and sys.stderr.isatty() else as_json
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    harmless,
                    renderer,
                ],
            }
        },
        "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["line"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # each request has a line of its own
            "celery.worker.strategy": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            "git": {"level": "WARNING"},
        },
    }


def harmless(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask what looks like a secret and cut what is long, at any depth."""
    clean: dict[str, Any] = {name: event[name] for name in _FIRST if name in event}
    for name, value in event.items():
        clean[name] = _harmless(name, value)
    return clean


def as_json(_logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]) -> str:
    """One JSON object in ASCII, so that no text can break or colour a line."""
    return json.dumps(event, default=str, ensure_ascii=True)


def plain(_logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]) -> str:
    """A line for a person; a traceback follows on lines of its own."""
    traceback = event.pop("exception", None)
    head = [_shown(event.pop(name, "")) for name in ("time", "level", "event")]
    event.pop("logger", None)
    line = " ".join([*head, *(f"{name}={_shown(value)}" for name, value in event.items())])
    if traceback is None:
        return line
    return "\n".join([line, *(_shown(part) for part in str(traceback).splitlines())])


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]


def _harmless(name: str, value: object) -> object:
    if _SECRET_NAME.search(name) and value:
        return MASK
    if isinstance(value, Mapping):
        return {str(key): _harmless(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_harmless(name, item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _masked(str(value), LONGEST_TRACEBACK if name == "exception" else LONGEST_VALUE)


def _masked(text: str, longest: int) -> str:
    for pattern, replacement in _SECRET_TEXT:
        text = pattern.sub(replacement, text)
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]} ... {len(text) - longest} characters ... {text[-half:]}"


def _shown(value: object) -> str:
    """Printable text as it is, anything else escaped."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if text.isprintable() else json.dumps(text)[1:-1]
