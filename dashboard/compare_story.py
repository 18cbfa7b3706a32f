"""What the page of a comparison tells: its sentence, its parts, and the list that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from dashboard.addresses import file_address, past_file_address
from dashboard.charts.scale import shown_change
from dashboard.compare_choice import Choice
from dashboard.comparison import Commit, cause, commits, fall, noteworthy, sentence
from dashboard.drill import FINDINGS, Drill, Row, wanted_of
from dashboard.paging import Pager, page_number
from dashboard.queries.access import Frame
from scanner.application.comparison_record import ComparisonRecord

ROWS: Final = 50  # of one page of the list
GONE: Final = {"fixed", "structure"}  # kinds whose findings, where they raise the score, are gone


@dataclass(frozen=True, slots=True)
class Story:
    """The sections as a template takes them, and the commits that they tell of."""

    context: dict[str, object]
    commits: list[Commit]


def story(record: ComparisonRecord, frame: Frame, choice: Choice, request: HttpRequest) -> Story:
    """The sections of a comparison that is done, with the list that the address asks for."""
    drill = Drill(record, wanted_of(request.GET.dict()), choice.query)
    rows, number = drill.rows, page_number(request)
    pages = max(-(-len(rows) // ROWS), 1)
    number = min(max(number, 1), pages)
    shown = rows[(number - 1) * ROWS : number * ROWS]
    names = _names(record, choice)
    every = commits(drill)
    context: dict[str, object] = {
        "record": record,
        "names": names,
        "sentence": sentence(record),
        "cause": cause(record),
        "moved": shown_change(record.after.score, record.before.score),
        "waterfall": fall(drill, *names),
        "drill": drill,
        "by_findings": drill.wanted.by == FINDINGS,
        "rows": [(row, _line(row, frame, record, choice)) for row in shown],
        "total": len(rows),
        "pager": Pager(request.GET, number, pages),
        "commits": every,
        "noteworthy": noteworthy(every),
    }
    return Story(context, every)


def _names(record: ComparisonRecord, choice: Choice) -> tuple[str, str]:
    """What the two points are called where they stand side by side, never the same."""
    before, after = choice.before, choice.after
    if before is None or after is None:
        raise ValueError("a comparison that is done has two points")
    words = before.words, after.words
    digits = record.before.commit[:8], record.after.commit[:8]
    told = (names for names in (words, digits) if names[0] != names[1])
    return next(told, ("Before", "After"))


def _line(row: Row, frame: Frame, record: ComparisonRecord, choice: Choice) -> str:
    """Where the line of a finding is shown: as it is now, or as it was."""
    effect = row.effect
    is_gone = effect.kind in GONE and effect.effect > 0
    if not is_gone and record.after.commit == frame.commit:
        return file_address(frame.team_slug, frame.slug, effect.path, effect.line)
    side = "before" if is_gone else "after"
    return past_file_address(frame, effect.path, choice.query, side, effect.line)
