"""`manage.py ready`: what /health/ready says, for machines without a web server."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from dashboard.views.health import instance_checks


class Command(BaseCommand):
    """Exits with 0 when database, broker, migrations and clockwork are well."""

    help = "Exit with 0 when database, broker, migrations and clockwork are well."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Look, and say what is wrong. Raises CommandError when something is."""
        checks, age = instance_checks()
        troubles = [f"{name}: {outcome}" for name, outcome in checks.items() if outcome != "ok"]
        if troubles:
            raise CommandError("; ".join(troubles))
        self.stdout.write(f"ready, last tick {age} s ago")
