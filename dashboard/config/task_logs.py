"""Logs of workers and beat: our format, and the ids of a task in each line it causes."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from celery import Task
from celery.signals import setup_logging, task_postrun, task_prerun


def _keep_ours(**_: object) -> None:
    """Django has set up logging; a receiver here keeps Celery from doing it again."""


def _bind(
    task_id: str, task: Task, args: Sequence[Any], kwargs: Mapping[str, Any], **_: object
) -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        task=task.name, task_id=task_id, **identifiers(task, args, kwargs)
    )


def _unbind(**_: object) -> None:
    structlog.contextvars.clear_contextvars()


def identifiers(task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, int | str]:
    """The arguments of a task whose names end in "_id"."""
    try:
        given = inspect.signature(task.run).bind(*args, **kwargs).arguments
    except TypeError:  # a call that does not fit fails in the task itself
        return {}
    return {name: value for name, value in given.items() if name.endswith("_id")}


def connect_logs() -> None:
    """Use our logs in the worker or beat of this process."""
    setup_logging.connect(_keep_ours)
    task_prerun.connect(_bind)
    task_postrun.connect(_unbind)
