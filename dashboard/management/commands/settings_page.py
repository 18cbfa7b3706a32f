"""`manage.py settings_page`: prints docs/settings.md."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from dashboard.config.settings_page import settings_page


class Command(BaseCommand):
    """Prints the page that tells every setting."""

    help = "Print docs/settings.md, made from the settings themselves."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Print it."""
        self.stdout.write(settings_page(), ending="")
