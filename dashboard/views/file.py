"""One file with its findings in place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import file_page as page_words
from dashboard.addresses import history_address
from dashboard.paging import is_number
from dashboard.queries import files as queries
from dashboard.queries.access import frame_of
from dashboard.queries.origins import is_being_looked_up
from dashboard.queries.rubrics import judged_by
from dashboard.source import read_part
from scanner import bootstrap
from scanner.application.reading import FileContent
from scanner.domain.errors import UserError


@require_safe
def file(request: HttpRequest, team: str, slug: str, path: str) -> HttpResponse:
    """One file of the latest snapshot."""
    frame = frame_of(request.user, team, slug)
    view = queries.file_of(frame.id, path)
    if view is None:
        raise Http404
    content, problem = _content(frame.id, view)
    line = request.GET.get("line", "1")
    part = read_part(content.source, int(line) if is_number(line) else 1) if content else None
    is_plain = request.GET.get("plain") == "1"
    shown = () if is_plain else view.findings
    lines = page_words.marked_lines(part, shown) if part else []
    elsewhere = page_words.elsewhere(part, shown)
    context = {
        "frame": frame,
        "tab": "files",
        "crumb": path,
        "view": view,
        "sentence": page_words.sentence(view),
        "cause": page_words.cause(view),
        "content": content,
        "problem": problem,
        "part": part,
        "lines": lines,
        "elsewhere": elsewhere,
        "passed_over": page_words.passed_over(shown, lines, elsewhere),
        "history": history_address(team, slug, path),
        "functions": _functions(content, view),
        "is_plain": is_plain,
        "is_looked_up": is_being_looked_up(frame.id),
    }
    return render(request, "file.html", context)


def _content(
    repository_id: int, view: queries.FileView
) -> tuple[FileContent | None, UserError | None]:
    """The source, or why it is not shown."""
    try:
        return bootstrap.file_reading(repository_id).read(
            repository_id, view.commit, view.path
        ), None
    except UserError as error:
        return None, error


def _functions(content: FileContent | None, view: queries.FileView) -> list[page_words.FunctionRow]:
    if content is None or content.facts is None:
        return []
    limits = judged_by(view.rubric).limits
    return page_words.function_rows(content.facts, content.figures, limits)
