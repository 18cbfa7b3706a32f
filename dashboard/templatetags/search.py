"""Hits of a search with what was looked for marked."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard.addresses import file_address
from dashboard.queries.search import Place
from dashboard.search_words import pieces
from dashboard.visible import visible

register = template.Library()


@register.filter
def marked(text: object, words: Sequence[str]) -> SafeString:
    """Hostile text on one line, with the words in it marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if is_hit else piece,)
            for piece, is_hit in pieces(visible(str(text)), words)
        ),
    )


@register.simple_tag
def file_of(place: Place, path: str) -> str:
    """The address of a file that was found."""
    return file_address(place.team_slug, place.slug, path)
