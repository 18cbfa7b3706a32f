"""The use cases of repositories: register, request, change, forget."""

from __future__ import annotations

import shutil
from functools import partial

from django.db import transaction

from scanner.application.accepting import Accepting
from scanner.application.labelling import Labelling
from scanner.application.registration import Registration, RegistrationStores
from scanner.application.requests import ScanRequests
from scanner.application.rubrics import RubricChanges, Rubrics
from scanner.application.upkeep import Credentials, Removal, RepositorySettings
from scanner.bootstrap.environment import atomic, configuration, mirror_folder
from scanner.bootstrap.policy import SettledPolicy
from scanner.bootstrap.secrets import vault
from scanner.storage import repositories as stores
from scanner.storage.acceptances import Acceptances
from scanner.storage.clock import database_clock
from scanner.storage.labels import Labels
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Queue
from scanner.waking import wake


def registration() -> Registration:
    """Registers repositories."""
    written = RegistrationStores(stores.Repositories(), stores.Credentials(), Queue(), atomic)
    policy = SettledPolicy(configuration())
    return Registration(policy, vault(), written, wake, database_clock)


def scan_requests() -> ScanRequests:
    """Queues scans."""
    return ScanRequests(stores.Repositories(), Queue(), atomic, wake)


def accepting() -> Accepting:
    """Leaves findings out of the score."""
    return Accepting(Acceptances(), scan_requests(), atomic, database_clock)


def repository_settings() -> RepositorySettings:
    """Changes names, branches and schedules."""
    policy = SettledPolicy(configuration())
    return RepositorySettings(
        policy, stores.Repositories(), scan_requests(), atomic, database_clock
    )


def labelling() -> Labelling:
    """Labels repositories."""
    return Labelling(stores.Repositories(), Labels(), atomic)


def credentials() -> Credentials:
    """Replaces secrets."""
    return Credentials(vault(), stores.Repositories(), stores.Credentials())


def rubrics() -> Rubrics:
    """Tells which rubric holds."""
    return Rubrics(RubricVersions())


def rubric_changes() -> RubricChanges:
    """Changes rubrics, and judges again."""
    return RubricChanges(RubricVersions(), scan_requests(), atomic, database_clock)


def removal() -> Removal:
    """Forgets repositories."""
    return Removal(stores.Repositories(), MirrorFolders(), atomic)


class MirrorFolders:
    """Implements Mirrors: what this machine keeps of repositories."""

    def forget(self, repository_id: int) -> None:
        """Remove the folder, once the transaction is committed."""
        folder = mirror_folder(repository_id)
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True), robust=True)
