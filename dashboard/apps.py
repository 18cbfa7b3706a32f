"""The Django app of the pages."""

from __future__ import annotations

from django.apps import AppConfig

from dashboard.config.celery import app as celery_app
from dashboard.config.checks import register_checks

__all__ = ["DashboardConfig", "celery_app"]


class DashboardConfig(AppConfig):
    """Named here so that whoever loads Django can send messages to workers."""

    name = "dashboard"

    def ready(self) -> None:
        """Judge the settings with `manage.py check`."""
        register_checks()
