"""Repositories on other hosts, from the form to the verdict: real git, real worker."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.application.upkeep import RepositoryChange
from scanner.domain.revisions import DeployKey, Token
from scanner.storage.models import Repository, Scan, Snapshot, Team
from tests.portfolio import store_team, store_user
from tests.services.git_http import PASSWORD, TOKEN, USERNAME, GitHttpServer
from tests.services.git_ssh import GitSshServer
from tests.services.processes import await_value
from tests.services.repositories import RepositoryBuilder
from tests.services.worker import Worker

BARE = "def total(prices):\n    return sum(prices)\n"
CLEAN = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
SILENT = """def save(row: str) -> None:
    try:
        store(row)
    except Exception:
        pass
"""


@pytest.fixture
def team(worker: Worker, reachable: Configuration) -> Team:
    return store_team()


@pytest.fixture
def builder(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    """A work tree outside the folders of any server."""
    builder = RepositoryBuilder(tmp_path_factory.mktemp("builder"))
    builder.commit({"shop/prices.py": BARE, "shop/rows.py": CLEAN, "tests/test_rows.py": CLEAN})
    return builder


def ended(repository: Repository) -> Scan:
    """The repository's newest scan, once it is done or failed."""
    return await_value(
        lambda: repository.scans.filter(status__in=["done", "failed"]).order_by("-pk").first(),
        what="the scan",
    )


def scan_again(repository: Repository) -> Scan:
    requested = bootstrap.scan_requests().request(repository.pk)
    return await_value(
        lambda: Scan.objects.filter(pk=requested.id, status__in=["done", "failed"]).first(),
        what="the scan",
    )


def open_rules(repository: Repository) -> list[str]:
    rows = repository.findings.filter(fixed_in=None)
    return sorted(f"{row.rule} {row.symbol}" for row in rows)


def test_a_private_repository_over_http_is_registered_on_the_page_and_scanned(
    team: Team, client: Client, git_http: GitHttpServer, builder: RepositoryBuilder
) -> None:
    git_http.publish(builder, "page")
    client.force_login(store_user(team))
    form = {"address": git_http.url("token", "page"), "team": team.pk, "token": TOKEN}
    response = client.post(reverse("add-repository"), form)
    repository = Repository.objects.get()
    assert response.headers["Location"].endswith(f"/scans/{repository.scans.get().pk}/")
    scan = ended(repository)
    assert (scan.status, scan.error_message) == ("done", "")
    assert (scan.trigger, scan.parsed) == ("registered", 2)  # equal texts are one blob
    assert scan.snapshot is not None
    assert (scan.snapshot.commit, scan.snapshot.modules) == (builder.head(), 2)
    assert open_rules(repository) == ["TE00 <module>", "TY01 total"]
    assert TOKEN.encode() not in bytes(repository.credential.ciphertext)


def test_findings_come_and_go_with_the_commits_of_a_host(
    team: Team, git_http: GitHttpServer, builder: RepositoryBuilder
) -> None:
    served = git_http.publish(builder, "life")
    request = RegistrationRequest(
        team.pk, git_http.url("basic", "life"), credential=Token(PASSWORD, USERNAME)
    )
    bootstrap.registration().register(request)
    repository = Repository.objects.get()
    assert ended(repository).status == "done"
    assert scan_again(repository).parsed == 0
    builder.commit({"shop/prices.py": f"\n{BARE}", "shop/rows.py": SILENT})
    builder.push(served)
    assert scan_again(repository).parsed == 2
    assert open_rules(repository) == ["FF01 save", "TE00 <module>", "TY01 total"]
    builder.commit({"shop/prices.py": CLEAN})
    builder.push(served)
    assert scan_again(repository).parsed == 0  # this blob was seen before, elsewhere
    assert open_rules(repository) == ["FF01 save", "TE00 <module>"]
    counts = Snapshot.objects.order_by("pk").values_list("new_findings", "fixed_findings")
    assert list(counts) == [(2, 0), (1, 0), (0, 1)]


def test_a_repository_over_ssh_is_scanned_with_its_deploy_key(
    team: Team, git_ssh: GitSshServer, builder: RepositoryBuilder
) -> None:
    git_ssh.publish(builder, "shop")
    key = DeployKey(git_ssh.private_key, git_ssh.known_hosts)
    request = RegistrationRequest(team.pk, git_ssh.url("shop"), credential=key)
    bootstrap.registration().register(request)
    scan = ended(Repository.objects.get())
    assert (scan.status, scan.error_message) == ("done", "")
    assert scan.snapshot is not None
    assert scan.snapshot.commit == builder.head()


def test_a_refused_credential_is_told_and_a_better_one_helps(
    team: Team, git_http: GitHttpServer, builder: RepositoryBuilder
) -> None:
    git_http.publish(builder, "refused")
    request = RegistrationRequest(
        team.pk, git_http.url("token", "refused"), credential=Token("wrong-token")
    )
    bootstrap.registration().register(request)
    repository = Repository.objects.get()
    scan = ended(repository)
    assert (scan.status, scan.attempt) == ("failed", 1)
    assert scan.error_code.startswith("git.")
    assert scan.error_next_step
    assert "wrong-token" not in scan.error_message + scan.error_detail
    bootstrap.credentials().replace(repository.pk, Token(TOKEN))
    assert scan_again(repository).status == "done"


def test_another_branch_is_scanned_when_the_settings_change(
    team: Team, git_http: GitHttpServer, builder: RepositoryBuilder
) -> None:
    builder.branch("next")
    head = builder.commit({"shop/prices.py": CLEAN}, branch="next")
    git_http.publish(builder, "branches")
    bootstrap.registration().register(
        RegistrationRequest(team.pk, git_http.url("open", "branches"))
    )
    repository = Repository.objects.get()
    assert open_rules_after(ended(repository)) == ["TE00 <module>", "TY01 total"]
    change = RepositoryChange(repository.pk, repository.name, "next", None)
    bootstrap.repository_settings().change(change)
    scan = await_value(
        lambda: repository.scans.filter(status="done", snapshot__commit=head).first(),
        what="the scan of the other branch",
    )
    assert open_rules_after(scan) == ["TE00 <module>"]


def open_rules_after(scan: Scan) -> list[str]:
    """What is open after a scan that went well."""
    assert (scan.status, scan.error_message) == ("done", "")
    return open_rules(scan.repository)
