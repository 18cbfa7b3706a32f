"""`manage.py cache`: what this machine keeps of parsed modules, whole or damaged."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboard.terminal.caches import cache_document, cache_text
from scanner import bootstrap
from scanner.application.caches import InspectedCache
from scanner.domain.errors import UserError

DAMAGED = 1


class Command(BaseCommand):
    """Exit status 0; 1 when a cache is damaged, 2 when it could not be looked at."""

    help = (
        "Show the caches of this machine: size, rows by engine and parser, what would be pruned,"
        " and whether every row is whole. A damaged cache costs time, never a verdict: what cannot"
        " be relied on is parsed again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("repository", metavar="REPO", nargs="?", default="", help="team/slug")
        parser.add_argument("--prune", action="store_true", help="drop what is beyond the bound")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: object, **options: Any) -> None:
        """Inspect, prune where asked, print. Raises CommandError for an unknown repository."""
        name, is_pruning = options["repository"], options["prune"]
        try:
            found = list(bootstrap.caches().inspect(name, prune=is_pruning))
        except UserError as error:
            raise CommandError(str(error), returncode=2) from error
        if name and not found:
            raise CommandError(f"No repository is called {name}.", returncode=2)
        if options["format"] == "json":
            self.stdout.write(json.dumps(cache_document(found), indent=2))
        else:
            self.stdout.write(cache_text(found), ending="")
        self._tell(found, is_pruning=is_pruning)

    def _tell(self, found: list[InspectedCache], *, is_pruning: bool) -> None:
        for each in found:
            if is_pruning and each.pruned is None:
                self.stderr.write(f"{each.repository.title} is in use, nothing was pruned.")
        if any(each.state and each.state.problems for each in found):
            sys.exit(DAMAGED)
