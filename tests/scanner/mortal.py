"""A worker that dies in the midst of backfills, included by `celery worker --include`.

For each repository whose number names a file in the folder MORTAL, the process that stores points
of its past kills itself once, as the kernel does when memory is short: in the transaction of the
second chunk, before it is committed. The file goes first, so that the next attempt lives.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from pathlib import Path

from scanner.application.pasts import PastChunk
from scanner.storage import strands
from scanner.storage.models import Strand

_store = strands.store


def _store_or_die(chunk: PastChunk, stored: Collection[str]) -> None:
    _store(chunk, stored)
    repository = Strand.objects.values_list("repository", flat=True).get(pk=chunk.strand)
    marker = Path(os.environ["MORTAL"], str(repository))
    if chunk.found and marker.exists():  # before the first one nothing was found
        marker.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


strands.store = _store_or_die
