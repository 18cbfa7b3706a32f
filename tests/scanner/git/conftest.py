"""What the tests of git share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scanner.application.configuration import Configuration, Limits
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Origin, Revision, Token
from scanner.git.command import Bounds, Outcome, run_git
from scanner.git.environment import closed_environment
from scanner.git.mirror import RemoteMirror
from tests.services.git_http import GitHttpServer
from tests.services.git_ssh import GitSshServer
from tests.services.repositories import RepositoryBuilder


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """An instance that may reach this machine, over http too, and is quickly out of patience."""
    return Configuration(
        data_dir=tmp_path / "data",
        private_hosts=("127.0.0.1",),
        allow_http=True,
        limits=Limits(low_speed_seconds=2, fetch_seconds=30, free_disk_bytes=1 << 20),
    )


@pytest.fixture
def closed_git() -> Callable[..., Outcome]:
    """Runs git as the product does."""

    def run(*arguments: str) -> Outcome:
        return run_git(arguments, closed_environment(), Bounds(seconds=30))

    return run


class Shop:
    """A repository with two modules, served under the name of the test, and a mirror to be."""

    def __init__(self, folder: Path, name: str, configuration: Configuration) -> None:
        self.name = name
        self.folder = folder / "kept"
        self.builder = RepositoryBuilder(folder / "source")
        self.first = self.builder.commit({"shop/a.py": "a = 1\n", "b.py": "b = 2\n"}, "First")
        self.configuration = configuration
        self.served: Path | None = None

    def commit(self, files: dict[str, str | bytes | None], message: str = "Change") -> str:
        """Commit and push to where it is served."""
        sha = self.builder.commit(files, message)
        self.push()
        return sha

    def push(self) -> None:
        """Bring what is served up to date."""
        if self.served is not None:
            self.builder.push(self.served)

    @property
    def mirror(self) -> RemoteMirror:
        """The mirror, as a new worker would open it."""
        return RemoteMirror(self.folder, self.configuration)

    def limit(self, **limits: int) -> None:
        """Change limits of the instance."""
        changed = replace(self.configuration.limits, **limits)
        self.configuration = replace(self.configuration, limits=changed)

    def refresh(
        self, url: str, credential: Token | DeployKey | None = None, branch: str = ""
    ) -> Revision:
        """Fetch, with nobody watching."""
        return self.mirror.refresh(Origin(url, branch, credential), silent)

    def failure(
        self, url: str, credential: Token | DeployKey | None = None, branch: str = ""
    ) -> UserError:
        """Fetch in vain; whatever the reason, nothing of the try is left."""
        with pytest.raises(UserError) as failed:
            self.refresh(url, credential, branch)
        assert list(self.folder.glob("incoming-*")) == []
        return failed.value


@pytest.fixture
def shop(tmp_path: Path, request: pytest.FixtureRequest, configuration: Configuration) -> Shop:
    """The repository, not yet served anywhere."""
    name = "".join(each if each.isalnum() else "-" for each in request.node.name)
    return Shop(tmp_path, name, configuration)


@pytest.fixture
def http_shop(shop: Shop, git_http: GitHttpServer) -> Shop:
    """The repository, served over HTTP."""
    shop.served = git_http.publish(shop.builder, shop.name)
    return shop


@pytest.fixture
def ssh_shop(shop: Shop, git_ssh: GitSshServer) -> Shop:
    """The repository, served over SSH."""
    shop.served = git_ssh.publish(shop.builder, shop.name)
    return shop


def silent(*_: Any) -> None:
    """Progress that nobody watches."""
