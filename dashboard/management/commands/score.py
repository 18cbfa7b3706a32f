"""`manage.py score`: the verdict on a folder, a git repository or a URL, without a database."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from dashboard.management.rubric_file import rubric_of
from dashboard.terminal.explanation import explanation, find_rule
from dashboard.terminal.verdict import down, verdict
from scanner.application.document import document, rendered
from scanner.application.score import Scored, ScoreRequest
from scanner.bootstrap.scoring import score_source
from scanner.domain.errors import UserError

PASSED: Final = 0
GATE_FAILED: Final = 1
NOT_SCORED: Final = 2


class Command(BaseCommand):
    """Exit status 0; 1 when a gate that was asked for failed; 2 when nothing could be scored."""

    help = "Score a folder, a git repository or a URL. Exit 0; 1: a gate failed; 2: not scored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("source", metavar="PATH_OR_URL", nargs="?", default="")
        parser.add_argument("--ref", default="", help="branch, tag or commit; HEAD without it")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--functions", action="store_true", help="list each file's functions in the JSON"
        )
        parser.add_argument(
            "--fail-under", type=float, metavar="N", help="exit 1 below this score or when partial"
        )
        parser.add_argument("--rubric", type=Path, metavar="FILE.toml")
        parser.add_argument(
            "--explain", metavar="CODE", help="print the page of a rule and score nothing"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Score, print, and exit with the status; or explain a rule."""
        if options["explain"] is not None:
            sys.exit(self._explain(options["explain"]))
        try:
            rubric = rubric_of(options["rubric"])
            request = ScoreRequest(_source(options["source"]), options["ref"], rubric)
            scored = score_source(request, self._say)
        except UserError as error:
            self._say(f"Not scored: {error}")
            sys.exit(NOT_SCORED)
        self.stdout.write(_shown(scored, options), ending="")
        sys.exit(self._gate(scored, options["fail_under"]))

    def _explain(self, asked: str) -> int:
        try:
            rule = find_rule(asked)
        except UserError as error:
            self._say(str(error))
            return NOT_SCORED
        self.stdout.write(explanation(rule, get_terminal_size().columns), ending="")
        return PASSED

    def _gate(self, scored: Scored, limit: float | None) -> int:
        verdict_ = scored.assessment
        if limit is None:
            return PASSED
        if verdict_.is_partial:
            self._say("Gate failed: under 95 % of the lines in scope could be measured.")
            return GATE_FAILED
        if verdict_.score < limit:
            self._say(f"Gate failed: {down(verdict_.score, 2)} is under {limit:g}.")
            return GATE_FAILED
        return PASSED

    def _say(self, message: str) -> None:
        self.stderr.write(message)


def _source(named: str) -> str:
    if named:
        return named
    raise UserError(
        "score.no-source",
        "Nothing was named to be scored.",
        "Name a folder, a git repository or a URL; --explain CODE needs none.",
    )


def _shown(scored: Scored, options: dict[str, Any]) -> str:
    if options["format"] == "text":
        return verdict(scored.assessment, scored.name)
    content = document(
        scored.assessment,
        engine=scored.engine,
        path=scored.path,
        revision=scored.revision,
        functions=scored.modules if options["functions"] else None,
    )
    return rendered(content)
