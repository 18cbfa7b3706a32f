"""The Celery application: the same for workers, for beat and for whoever sends a message.

    celery -A dashboard.config.celery worker -Q scans,origins,previews -c 2 -n scans@%h
    celery -A dashboard.config.celery worker -Q control -c 1 -n control@%h
    celery -A dashboard.config.celery beat

Workers take turns between scans, the origins of findings and previews of rubrics. The control queue
has a process of its own, so that long scans never starve the tick. With
REMAP_SIGTERM=SIGQUIT in the environment of a worker, SIGTERM gives running scans five seconds and
then puts them back into the queue; without it, SIGTERM waits for their end.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

from dashboard.config.broker import celery_settings
from dashboard.config.task_logs import connect_logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dashboard.config.settings")

app = Celery("codevitals")
app.conf.update(celery_settings(settings.BROKER_URL), include=["scanner.tasks"])
app.set_default()


def _leave_in_order(**_: object) -> None:
    """Let a scan that is told to end give its lease back, instead of dying on the spot."""
    for number in (signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


connect_logs()
worker_process_init.connect(_leave_in_order, weak=False)
