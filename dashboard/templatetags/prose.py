"""The rubric's own prose: paragraphs, with `code` between backticks."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_CODE: Final = re.compile(r"`([^`]+)`")
_CLAUSE: Final = re.compile(r"(?:`[^`]+`|[^`])*?(?=[;:.](?:\s|$))")


@register.filter
def ticked(text: str) -> SafeString:
    """One line, with what stands between backticks as code."""
    pieces = _CODE.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", piece) if rank % 2 else piece,)
            for rank, piece in enumerate(pieces)
        ),
    )


@register.filter
def clause(text: str) -> str:
    """What a message begins with: up to its first mark that is not inside of code."""
    found = _CLAUSE.match(text)
    return found[0] if found else text


@register.filter
def paragraphs(text: str) -> SafeString:
    """Paragraphs that blank lines part."""
    return format_html_join("", "<p>{}</p>", ((ticked(part),) for part in text.split("\n\n")))
