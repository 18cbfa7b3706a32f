"""The caches of this machine: looked at, and kept inside their bound."""

from __future__ import annotations

import logging

from scanner.analysis.figures import engine as figures_engine
from scanner.analysis.reader import SandboxedReader
from scanner.application.caches import Caches, CacheState, Pruned
from scanner.bootstrap.environment import cache_file, configuration, use_guard
from scanner.cache.facts_cache import FACTS, facts_engine
from scanner.cache.figures_cache import FIGURES
from scanner.cache.file import CacheFile
from scanner.cache.guard import BusyError
from scanner.cache.inspection import inspect
from scanner.cache.pruning import Bounds, is_due, prune
from scanner.cache.steps_cache import STEPS, STEPS_ENGINE
from scanner.storage.repositories import Repositories

logger = logging.getLogger(__name__)


def caches() -> Caches:
    """Inspects caches."""
    return Caches(Repositories(), CacheFiles())


def tend(repository_id: int) -> None:
    """Prune a cache after use, where that is due. Raises UserError and OSError."""
    cache = CacheFile(cache_file(repository_id))
    if cache.path.exists() and is_due(cache, bounds()):
        CacheFiles().prune(repository_id)


def bounds() -> Bounds:
    """What this machine's engines ask for, and how much of it is kept."""
    settings = configuration()
    engines = {
        FACTS: facts_engine(SandboxedReader(settings).engine()),
        FIGURES: figures_engine(),
        STEPS: STEPS_ENGINE,
    }
    return Bounds(settings.limits.cache_bytes, engines)


class CacheFiles:
    """Implements CacheKeeper."""

    def inspect(self, repository_id: int) -> CacheState | None:
        """What is kept of a repository; None when it has no file."""
        return inspect(CacheFile(cache_file(repository_id)), bounds())

    def prune(self, repository_id: int) -> Pruned | None:
        """Drop what is beyond the bound, or of no use; None while somebody uses the file."""
        path = cache_file(repository_id)
        if not path.exists():
            return Pruned()
        try:
            with use_guard(repository_id).alone():
                dropped = prune(CacheFile(path), bounds())
        except BusyError:
            return None
        if dropped.rows:
            logger.info("cache of repository %d: %d rows pruned", repository_id, dropped.rows)
        return dropped
