"""`manage.py demo`: a portfolio to look at, from repositories made by code."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from dashboard.config.environment import read_environment
from dashboard.demo.seeding import seed, unseed
from dashboard.demo.stories import STORIES
from dashboard.supervisor.first_start import administrator_id, first_administrator
from scanner import bootstrap
from scanner.application.demonstrating import Demonstration
from scanner.domain.errors import UserError

NOT_DONE: Final = 2


class Command(BaseCommand):
    """Exit status 0; 2 when it was refused."""

    help = "Fill the portfolio with invented repositories, scanned by the real engine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--remove", action="store_true", help="take all of it away again")
        parser.add_argument(
            "--mix", action="store_true", help="even beside repositories of your own"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Seed or remove, and tell how it goes."""
        demonstration = bootstrap.demonstration(read_environment().data_dir / "demo")
        try:
            with _quiet():
                if options["remove"]:
                    count = unseed(demonstration)
                    self.stdout.write(f"{count} repositories of the demonstration are removed.")
                else:
                    self._seed(demonstration, may_mix=options["mix"])
        except UserError as error:
            self.stderr.write(f"Nothing seeded: {error}")
            sys.exit(NOT_DONE)

    def _seed(self, demonstration: Demonstration, *, may_mix: bool) -> None:
        started, names = time.monotonic(), iter(range(1, len(STORIES) + 1))
        made = first_administrator()
        owner_id = administrator_id()

        def told(name: str) -> None:
            self.stdout.write(f"  {next(names):>2}/{len(STORIES)}  {name}")
            self.stdout.flush()

        self.stdout.write("Writing, scanning and backfilling invented repositories ...")
        seed(demonstration, owner_id, timezone.now(), told, may_mix=may_mix)
        seconds = time.monotonic() - started
        self.stdout.write(f"Done in {seconds:.0f} s. Look at them with: make run")
        if made is not None:
            self.stdout.write(f"user {made.name}  password {made.password}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings of scans: some of them fail on purpose."""
    logger = logging.getLogger("scanner")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
