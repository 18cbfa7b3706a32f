"""The picture of a repository's layers is kept of its latest snapshot."""

from __future__ import annotations

from dataclasses import replace

from scanner.domain.architecture import Architecture, Breach, LayerFolder, from_plain
from scanner.storage import architectures
from scanner.storage.models import Architecture as Row
from scanner.storage.models import Repository
from tests.portfolio import store_repository, store_team

PICTURE = Architecture(
    modules=3,
    layered=2,
    folders=(LayerFolder("domain", "shop", "shop/domain", 2),),
    breaches=(
        Breach("LA02", "shop/a.py", 4, "shop", "domain", "shop.a", "sqlalchemy", "", "", ""),
    ),
    breach_total=1,
)


def kept(repository: Repository) -> Architecture | None:
    """What is stored."""
    return from_plain(Row.objects.get(repository=repository).content)


def test_it_is_stored_and_replaced(db: None) -> None:
    repository = store_repository(store_team(), snapshots=0)

    architectures.store(repository.pk, PICTURE)
    assert kept(repository) == PICTURE
    architectures.store(repository.pk, replace(PICTURE, folders=()))
    assert kept(repository) == replace(PICTURE, folders=())


def test_hostile_texts_are_made_fit(db: None) -> None:
    repository = store_repository(store_team(), snapshots=0)
    strange = "shop/\0\udcff" + "x" * 5_000

    architectures.store(
        repository.pk, replace(PICTURE, folders=(LayerFolder("domain", "", strange, 1),))
    )

    found = kept(repository)
    assert found is not None
    (folder,) = found.folders
    assert "\0" not in folder.folder
    assert len(folder.folder.encode()) <= 2_000
