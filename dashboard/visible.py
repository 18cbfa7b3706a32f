"""Text from repositories with nothing hidden in it.

Paths, messages and code may hold characters that a reader does not see or that turn the direction
of a line around. They are shown by their number, so that what is read is what is there.
"""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic letter mark, Mongolian separator
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, separators, directions
    "\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tags
    "]"
)


def name_of(character: str) -> str:
    """How a hidden character is shown: its code point in brackets."""
    return f"[U+{ord(character):04X}]"


def visible(text: str) -> str:
    """The text on one line, each hidden character shown by its number."""
    shown = HIDDEN.sub(lambda match: name_of(match.group()), text)
    return shown.replace("\n", name_of("\n")).replace("\t", " ")
