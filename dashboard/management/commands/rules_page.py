"""`manage.py rules_page`: prints docs/rules.md."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from dashboard.rules_page import rules_page


class Command(BaseCommand):
    """Prints the page that tells every rule."""

    help = "Print docs/rules.md, made from the rules themselves."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Print it."""
        self.stdout.write(rules_page(), ending="")
