"""`manage.py compare`: what moved the score between two commits, without a database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dashboard.management.rubric_file import rubric_of
from dashboard.terminal.comparison import as_markdown, as_text
from dashboard.terminal.progress_bar import ProgressBar
from scanner.application.compare_document import compare_document
from scanner.application.comparing import CompareRequest
from scanner.application.comparison_record import ComparisonRecord
from scanner.application.document import rendered
from scanner.bootstrap.comparing import compare_source
from scanner.domain.errors import UserError

NOT_COMPARED = 2


class Command(BaseCommand):
    """Exit status 0; 2 when the commits could not be compared."""

    help = "Tell what moved the score of a git repository or a URL between two commits."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("source", metavar="PATH_OR_URL")
        parser.add_argument("before", metavar="A", help="branch, tag or commit")
        parser.add_argument("after", metavar="B", help="branch, tag or commit")
        parser.add_argument("--format", choices=["text", "json", "markdown"], default="text")
        parser.add_argument("--rubric", type=Path, metavar="FILE.toml")

    def handle(self, *args: object, **options: Any) -> None:
        """Compare, print, and exit with the status."""
        bar = ProgressBar()
        try:
            rubric = rubric_of(options["rubric"])
            request = CompareRequest(options["source"], options["before"], options["after"], rubric)
            compared = compare_source(request, bar)
        except UserError as error:
            bar.close()
            self.stderr.write(f"Not compared: {error}")
            sys.exit(NOT_COMPARED)
        bar.close()
        self.stdout.write(_shown(compared, options["format"]), ending="")


def _shown(compared: ComparisonRecord, form: str) -> str:
    if form == "json":
        return rendered(compare_document(compared))
    return as_markdown(compared) if form == "markdown" else as_text(compared)
