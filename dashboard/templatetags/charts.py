"""Charts as template tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import sentences
from dashboard.charts import bars
from dashboard.charts import sparkline as lines
from dashboard.charts.contract import Cell, Link
from dashboard.queries.scan_states import ScanState
from dashboard.templatetags.figures import breakable

register = template.Library()


@register.simple_tag
def sparkline(
    moments: Sequence[lines.Moment], height: float = 28, span: float = lines.SPAN
) -> SafeString:
    """A small line of a score."""
    return lines.sparkline(moments, height=height, span=span)


@register.filter
def linked(cell: Cell) -> str:
    """A cell of a table of figures, with its links; paths may break after their slashes."""
    if isinstance(cell, str):
        return cell
    if not cell.links:
        return format_html('<span class="quiet">{}</span>', cell.otherwise)
    return format_html_join(", ", '<a class="path" href="{}">{}</a>{}', map(_parts, cell.links))


def _parts(link: Link) -> tuple[str, str, str]:
    note = format_html(' <span class="quiet">{}</span>', link.note) if link.note else ""
    return link.href, breakable(link.words), note


@register.simple_tag
def meter(score: float | None) -> SafeString:
    """A score on its whole axis."""
    return bars.meter(score)


@register.simple_tag
def bar(value: float, top: float) -> SafeString:
    """A value as a share of the largest of its table."""
    return bars.bar(value, top)


@register.simple_tag
def distribution(counts: Mapping[str, int]) -> SafeString:
    """How many repositories hold each grade."""
    return bars.distribution(counts)


@register.simple_tag
def phase(state: ScanState) -> str:
    """Where a running scan stands."""
    return sentences.phase(state.phase, state.done, state.total)
