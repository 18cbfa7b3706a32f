"""`manage.py history`: what the commits of a repository scored, without a database."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dashboard.management.rubric_file import rubric_of
from dashboard.terminal.past import past
from dashboard.terminal.progress_bar import ProgressBar
from scanner.application.document import rendered
from scanner.application.history import History, HistoryRequest
from scanner.application.history_document import history_csv, history_document
from scanner.bootstrap.history import history_of_source
from scanner.domain.errors import UserError
from scanner.domain.timeline import EVERY, Choice

NOT_JUDGED = 2


class Command(BaseCommand):
    """Exit status 0; 2 when the past could not be judged."""

    help = "Score the past of a git repository or a URL, a point a week, a tag or a commit."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("source", metavar="PATH_OR_URL")
        parser.add_argument("--every", choices=EVERY, default="week")
        parser.add_argument("--since", type=_day, metavar="DATE", help="first day, YYYY-MM-DD")
        parser.add_argument("--until", type=_day, metavar="DATE", help="last day, YYYY-MM-DD")
        parser.add_argument("--format", choices=["text", "json", "csv"], default="text")
        parser.add_argument("--rubric", type=Path, metavar="FILE.toml")

    def handle(self, *args: object, **options: Any) -> None:
        """Judge, print, and exit with the status."""
        bar = ProgressBar()
        try:
            choice = Choice(options["every"], options["since"], options["until"])
            request = HistoryRequest(options["source"], choice, rubric_of(options["rubric"]))
            found = history_of_source(request, bar)
        except UserError as error:
            bar.close()
            self.stderr.write(f"Not judged: {error}")
            sys.exit(NOT_JUDGED)
        bar.close()
        self.stdout.write(_shown(found, options["format"]), ending="")


def _shown(found: History, form: str) -> str:
    if form == "json":
        return rendered(history_document(found.points))
    return history_csv(found.points) if form == "csv" else past(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day like 2024-12-31") from error
