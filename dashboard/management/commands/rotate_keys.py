"""`manage.py rotate_keys`: brings the secrets of repositories under a new key."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dashboard.config.keys import KeptKeys, new_key
from scanner.application.rotation import Rotation
from scanner.bootstrap import key_rotation


class Command(BaseCommand):
    """Encrypts every stored token and deploy key anew, while everything runs."""

    help = (
        "Encrypt every stored token and deploy key anew: with the first of"
        " CODEVITALS_ENCRYPTION_KEYS, or with a new key in the data directory."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--print makes a key and changes nothing."""
        parser.add_argument("--print", action="store_true", help="only print a fresh key")

    def handle(self, *args: object, **options: object) -> None:
        """Rotate, or print a key. Raises CommandError when a secret cannot be opened."""
        if options["print"]:
            self.stdout.write(new_key())
            return
        done = key_rotation().run()
        keys = settings.CODEVITALS.secret_keys
        if isinstance(keys, KeptKeys):
            # Only now, when nothing depends on the key that this drops.
            keys.rotate()
            done = key_rotation().run()
            kept = f"The key before it stays in {keys.path} until the next rotation."
        else:
            kept = "Those behind the first can be taken out of CODEVITALS_ENCRYPTION_KEYS."
        self._tell(done, kept)

    def _tell(self, done: Rotation, kept: str) -> None:
        self.stdout.write(f"Encrypted with the newest key: {done.sealed}. {kept}")
        if done.unreadable:
            ids = ", ".join(map(str, done.unreadable))
            raise CommandError(
                f"No key opens the credentials of these repositories (ids): {ids}."
                " Bring the old key back, or store them again."
            )
