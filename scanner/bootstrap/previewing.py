"""The use case of previews: what a rubric would do before it is saved."""

from __future__ import annotations

from scanner.analysis.reader import SandboxedReader
from scanner.application.previews import Previews
from scanner.application.what_if import WhatIf, WhatIfStores
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.storage.acceptances import Acceptances
from scanner.storage.clock import database_clock
from scanner.storage.previews import PreviewRows
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.what_if import Verdicts
from scanner.waking import wake_preview


def previews() -> Previews:
    """Asks what a rubric would do, and answers."""
    return Previews(PreviewRows(database_clock), what_if(), wake_preview)


def what_if() -> WhatIf:
    """Judges by a rubric that nobody saved."""
    settings = configuration()
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault(), lazily=True)
    stores = WhatIfStores(Repositories(), Verdicts(), RubricVersions(), Acceptances())
    return WhatIf(stores, revisions, reader, database_clock)
