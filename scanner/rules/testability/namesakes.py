"""Which production modules test files are named after."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from scanner.domain.resolution import FACADE, folder_of

_AFFIX: Final = re.compile(r"^tests?_|_tests?$")
_SHORTEST_PLURAL: Final = 4


class Namesakes:
    """Tells by the words of a test file's name what it is about.

    `test_web_middleware.py` is named after `web_middlewares.py`, and `test_api_bulk_download.py`
    after `bulk_download.py`. A single word proves little: `test_copy_page.py` is named after
    `pages/copy.py` only when it lies in a folder called pages, or pages is one of its words.
    """

    def __init__(self, tests: Iterable[str]) -> None:
        self._stems: set[str] = set()
        self._named: dict[str, set[str]] = defaultdict(set)  # test paths by word
        self._words: dict[str, frozenset[str]] = {}  # all words of a path
        for path in tests:
            stem = _AFFIX.sub("", path.rpartition("/")[2].removesuffix(".py")).strip("_")
            self._stems.add(stem)
            for word in _words(stem):
                self._named[word].add(path)
            self._words[path] = frozenset((*_words(stem), *_words(folder_of(path))))

    def of(self, path: str) -> bool:
        """Whether a test file is named after a module; after its folder for an `__init__`."""
        folder, _, name = path.rpartition("/")
        around, _, last = folder.rpartition("/")
        if name == FACADE:
            folder, name = around, f"{last}.py"
        stem = name.removesuffix(".py").strip("_")
        if stem in self._stems:
            return bool(stem)
        words = _words(stem)
        found = set.intersection(*(self._named.get(word, set()) for word in words))
        if len(words) > 1:
            return bool(found)
        near = set(_words(folder.rpartition("/")[2]))
        return bool(near) and any(near <= self._words[test] for test in found)


def _words(name: str) -> list[str]:
    """The words of a name or a path, in the singular."""
    found = re.split(r"[_/.-]+", name.lower())
    return [_singular(word) for word in found if word] or [name]


def _singular(word: str) -> str:
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
