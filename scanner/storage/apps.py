"""The Django app that stores results, under the label "scanner"."""

from django.apps import AppConfig


class ScannerConfig(AppConfig):
    """Registers the models of the engine."""

    name = "scanner.storage"
    label = "scanner"
    verbose_name = "Scanner"
    default_auto_field = "django.db.models.BigAutoField"
