"""The use cases that look up where findings come from."""

from __future__ import annotations

from scanner.analysis.reader import SandboxedReader
from scanner.application.tracing import Tracing, TracingUpkeep
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.storage.clock import database_clock
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.tracings import Tracings
from scanner.waking import tracing_messages, wake_tracing


def tracing() -> Tracing:
    """Looks up the origins of one repository's findings."""
    settings = configuration()
    revisions = RegisteredRevisions(settings, SandboxedReader(settings), Credentials(), vault())
    return Tracing(Repositories(), Tracings(database_clock), revisions, wake_tracing)


def tracing_upkeep() -> TracingUpkeep:
    """Sends workers where findings wait."""
    return TracingUpkeep(Tracings(database_clock), wake_tracing, tracing_messages, database_clock)
