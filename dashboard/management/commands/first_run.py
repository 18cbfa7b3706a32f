"""`manage.py first_run`: the first administrator of an instance that `make run` did not start."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from dashboard.supervisor.first_start import first_administrator


class Command(BaseCommand):
    """Makes the first administrator and team, and prints the password once."""

    help = "Make the first administrator and a team; print the password, which is shown once."

    def handle(self, *args: object, **options: object) -> None:
        """Make them, unless there are users already."""
        made = first_administrator()
        if made is None:
            self.stdout.write("There are users already; manage.py changepassword resets one's.")
            return
        self.stdout.write(f"user {made.name}  password {made.password}")
