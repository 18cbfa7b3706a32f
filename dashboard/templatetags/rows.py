"""Rows of long tables, drawn once for what they say and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dashboard.queries.portfolio_rows import Row
from dashboard.templatetags.figures import ago

register = template.Library()

KEPT: Final = 2_048
"""Rows of a process, of about 4 kB each. What a row says is all of its key, so nobody ever gets
what was drawn for a repository that he may not see."""


@register.simple_tag
def portfolio_row(row: Row, view: str = "table") -> SafeString:
    """One repository in a view of the portfolio: the "table" or the "matrix"."""
    return _drawn(row, view, ago(row.state.at))


@lru_cache(maxsize=KEPT)
def _drawn(row: Row, view: str, _said: str) -> SafeString:
    """The row; how long ago it was scanned is said in words that change."""
    name = "portfolio_line" if view == "matrix" else "portfolio_row"
    return render_to_string(f"_partials/{name}.html", {"row": row})
