"""How a web process looks for garbage: seldom, and never in what was loaded before it served."""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 50_000
"""Objects of a page or two. Python's own 700 looks a hundred times while one page is drawn."""


def collect_seldom() -> None:
    """Call it once the code is loaded and before processes fork, who then share those pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
