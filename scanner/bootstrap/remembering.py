"""What a worker process remembers from one scan to the next, as long as it lives."""

from __future__ import annotations

from typing import Final

from scanner.application.recollections import Recollections

RECOLLECTIONS: Final = Recollections()
