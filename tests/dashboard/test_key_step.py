"""The second step for ssh: the host's key is shown and confirmed, a deploy key given or made."""

from __future__ import annotations

import re
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)
from django.test import Client
from django.urls import reverse

from scanner.application.records import SealedCredential
from scanner.bootstrap.secrets import vault
from scanner.domain.revisions import DeployKey
from scanner.storage.models import Credential, Repository, Team
from tests.dashboard.answers import Answer
from tests.services.git_ssh import GitSshServer

HERE = "/repositories/add/"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')

pytestmark = pytest.mark.usefixtures("reachable")


@pytest.fixture
def ssh_url(git_ssh: GitSshServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a repository behind ssh."""
    return git_ssh.url("team/project.git")


def asked(client: Client, team: Team, url: str, **values: str) -> Answer:
    """The answer to the first step."""
    return client.post(HERE, {"team": str(team.pk), "address": url, **values})


def carried(response: Answer) -> dict[str, str]:
    """What the second step carries in hidden fields, and that it is confirmed."""
    return {**dict(HIDDEN.findall(response.content.decode())), "confirmed": "on"}


def stored_key(repository: Repository) -> DeployKey:
    """The key as a scan opens it."""
    row = Credential.objects.get(repository=repository)
    opened = vault().open(
        SealedCredential(row.kind, row.username, bytes(row.ciphertext), row.known_hosts)
    )
    assert isinstance(opened, DeployKey)
    return opened


def public_half(private: str) -> bytes:
    """What tells one key from another, however it is written."""
    key = load_ssh_private_key(private.encode(), None)
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)


def real_fingerprint(server: GitSshServer) -> str:
    """The host's fingerprint as ssh-keygen prints it."""
    done = subprocess.run(
        ["ssh-keygen", "-lf", str(server.root / "host.pub")],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[1]


def test_it_works(lead_client: Client, team: Team, ssh_url: str, git_ssh: GitSshServer) -> None:
    step = asked(lead_client, team, ssh_url, name="Behind ssh", every="0 2 * * *")
    response = lead_client.post(HERE, {**carried(step), "private_key": git_ssh.private_key})

    repository = Repository.objects.get()
    scan = repository.scans.get()
    assert step.status_code == 200
    assert real_fingerprint(git_ssh) in step.content.decode()
    assert response["Location"] == reverse("scan", args=[team.slug, repository.slug, scan.pk])
    assert (repository.name, repository.cron) == ("Behind ssh", "0 2 * * *")
    assert public_half(stored_key(repository).private_key) == public_half(git_ssh.private_key)


def test_what_was_shown_is_what_is_trusted(
    lead_client: Client, team: Team, ssh_url: str, git_ssh: GitSshServer
) -> None:
    step = asked(lead_client, team, ssh_url)
    lead_client.post(HERE, {**carried(step), "private_key": git_ssh.private_key})

    line = (git_ssh.root / "host.pub").read_text().split()[1]
    assert line in stored_key(Repository.objects.get()).known_hosts


def test_a_pair_is_made_and_only_its_public_half_shown(
    lead_client: Client, team: Team, ssh_url: str
) -> None:
    step = asked(lead_client, team, ssh_url)
    drafted = lead_client.post(HERE, {**carried(step), "generate": "1"})
    text = drafted.content.decode()
    lead_client.post(HERE, carried(drafted))

    private = stored_key(Repository.objects.get()).private_key
    public = re.findall(r"ssh-ed25519 [A-Za-z0-9+/=]+ codevitals", text)
    assert len(public) == 1
    assert "PRIVATE KEY" not in text.replace("BEGIN OPENSSH PRIVATE KEY", "", 1)
    assert private.startswith("-----BEGIN OPENSSH PRIVATE KEY-----")
    assert not any(line in text for line in private.splitlines()[1:-1])


def test_without_confirmation_nothing_is_registered(
    lead_client: Client, team: Team, ssh_url: str, git_ssh: GitSshServer
) -> None:
    values = carried(asked(lead_client, team, ssh_url))
    del values["confirmed"]

    response = lead_client.post(HERE, {**values, "private_key": git_ssh.private_key})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Compare the fingerprint, then tick this." in text
    assert git_ssh.private_key.splitlines()[1] not in text
    assert not Repository.objects.exists()


@pytest.mark.parametrize(
    "key", ["", "   ", "not a key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END-----"]
)
def test_a_key_that_is_none_is_told_at_its_field(
    key: str, lead_client: Client, team: Team, ssh_url: str
) -> None:
    step = asked(lead_client, team, ssh_url)

    response = lead_client.post(HERE, {**carried(step), "private_key": key})

    assert response.status_code == 422
    assert list(response.context["key_form"].errors) == ["private_key"]
    assert not Repository.objects.exists()


@pytest.mark.parametrize(
    "tampering",
    [
        {"host": "forged"},
        {"host": ""},
        {"address": "ssh://git@127.0.0.1:1/other/project.git"},
    ],
)
def test_a_step_that_was_tampered_with_is_asked_again(
    tampering: dict[str, str],
    lead_client: Client,
    team: Team,
    ssh_url: str,
    git_ssh: GitSshServer,
) -> None:
    step = asked(lead_client, team, ssh_url)

    response = lead_client.post(
        HERE, {**carried(step), **tampering, "private_key": git_ssh.private_key}
    )

    assert response.status_code in {200, 422}
    assert not Repository.objects.exists()


def test_a_step_of_another_user_is_void(
    lead_client: Client,
    owner_client: Client,
    team: Team,
    ssh_url: str,
    git_ssh: GitSshServer,
) -> None:
    step = asked(lead_client, team, ssh_url)

    response = owner_client.post(HERE, {**carried(step), "private_key": git_ssh.private_key})

    assert "The host was asked again." in response.content.decode()
    assert not Repository.objects.exists()


def test_back_leads_to_the_first_step_as_it_was(
    lead_client: Client, team: Team, ssh_url: str
) -> None:
    step = asked(lead_client, team, ssh_url, branch="dev")

    response = lead_client.post(HERE, {**carried(step), "back": "1"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "What happens then" in text
    assert 'value="dev"' in text


def test_a_token_opens_no_ssh_address(lead_client: Client, team: Team, ssh_url: str) -> None:
    response = asked(lead_client, team, ssh_url, token="glpat-123456")

    assert list(response.context["form"].errors) == ["token"]


def test_a_host_that_does_not_answer_is_told_at_the_address(
    lead_client: Client, team: Team
) -> None:
    response = asked(lead_client, team, "ssh://git@127.0.0.1:9/team/project.git")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["address"]


def test_an_owner_replaces_the_key(
    owner_client: Client, team: Team, ssh_url: str, git_ssh: GitSshServer
) -> None:
    step = asked(owner_client, team, ssh_url)
    owner_client.post(HERE, {**carried(step), "private_key": git_ssh.private_key})
    repository = Repository.objects.get()
    settings = reverse("repository-settings", args=[team.slug, repository.slug])

    shown = owner_client.post(settings, {"action": "key"})
    values = {**carried(shown), "action": "key", "private_key": git_ssh.strange_key}
    owner_client.post(settings, values)

    assert real_fingerprint(git_ssh) in shown.content.decode()
    assert public_half(stored_key(repository).private_key) == public_half(git_ssh.strange_key)
    assert "a deploy key" in owner_client.get(settings).content.decode()
