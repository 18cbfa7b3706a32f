"""What a reader types into the search field, as words to look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from dashboard.visible import HIDDEN

LONGEST: Final = 100  # characters that are looked at
MOST_WORDS: Final = 5
SHORTEST_OF_PATH: Final = 2
"""Characters from which on paths are looked through: a single one stands in nearly all of them."""

EVERYTHING: Final = "everything"
KINDS: Final = {
    "repositories": "Repositories",
    "rules": "Rules",
    "folders": "Folders",
    "files": "Files",
}
"""What can be found, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. All words must be there, in any case and order; `kind` is "" for every kind."""

    text: str
    words: tuple[str, ...]  # in small letters
    kind: str = ""
    stays: bool = False  # on the page of hits, even where the words name one page
    is_cut: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        """From an address; whatever stands there makes a search, if an empty one."""
        given = " ".join(HIDDEN.sub(" ", query.get("q", "")).split())
        words = given[:LONGEST].casefold().split()
        kind = query.get("kind", "")
        return cls(
            text=given[:LONGEST].strip(),
            words=tuple(dict.fromkeys(words))[:MOST_WORDS],
            kind=kind if kind in KINDS else "",
            stays=bool(kind),
            is_cut=len(given) > LONGEST or len(set(words)) > MOST_WORDS,
        )

    @property
    def path_words(self) -> tuple[str, ...]:
        """The words to look for in paths; none where they are too short to tell paths apart."""
        words = tuple(word for word in self.words if word.strip("/"))
        longest = max((len(word.strip("/")) for word in words), default=0)
        return words if longest >= SHORTEST_OF_PATH else ()

    def wants(self, kind: str) -> bool:
        """Whether hits of this kind are asked for."""
        return self.kind in {"", kind}


def pieces(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A text taken apart: what stands in the words, and what stands between."""
    small = text.lower()
    if len(small) != len(text):  # a letter that is two in small: nothing can be counted
        return [(text, False)]
    marked = [False] * len(text)
    for word in words:
        start = small.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = small.find(word, start + len(word))
    found: list[tuple[str, bool]] = []
    for character, is_hit in zip(text, marked, strict=True):
        if found and found[-1][1] == is_hit:
            found[-1] = (found[-1][0] + character, is_hit)
        else:
            found.append((character, is_hit))
    return found
